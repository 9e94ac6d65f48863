package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.DeviceCgroup;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.Memory;
import dev.confine.spec.Pids;
import dev.confine.spec.Resources;
import dev.confine.spec.WeightDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux.resources}. Whether the host has a controller is not known here. */
final class ResourceRules {
    private static final String AT = "/linux/resources";

    private ResourceRules() {}

    static void check(Resources resources, Violations found) {
        devices(resources.devices(), found);
        memory(resources.memory(), found);
        cpu(resources.cpu(), found);
        blockIO(resources.blockIO(), found);
        hugepages(resources.hugepageLimits(), found);
        Pids pids = resources.pids();
        found.addIf(pids != null && pids.limit() < -1, AT + "/pids/limit", "must be -1 (no limit), 0 or above");
        for (String file : resources.unified().keySet()) {
            if (file.indexOf('.') < 1 || file.indexOf('/') >= 0) {
                found.add(Pointer.key(AT + "/unified", file), "is no file of a cgroup: write one such as memory.high");
            }
        }
    }

    private static void devices(List<DeviceCgroup> rules, Violations found) {
        for (int i = 0; i < rules.size(); i++) {
            String pointer = Pointer.item(AT + "/devices", i);
            String type = rules.get(i).type();
            if (!type.isEmpty() && !type.equals("a") && !type.equals("b") && !type.equals("c")) {
                found.add(pointer + "/type", "must be a (all), b (block) or c (character), not " + Quoted.text(type));
            }
            String access = rules.get(i).access();
            for (int j = 0; j < access.length(); j++) {
                if ("rwm".indexOf(access.charAt(j)) < 0) {
                    found.add(
                            pointer + "/access", "must consist of the letters r, w and m, not " + Quoted.text(access));
                    break;
                }
            }
        }
    }

    private static void memory(Memory memory, Violations found) {
        atLeast(AT + "/memory/limit", memory.limit(), -1, found);
        atLeast(AT + "/memory/reservation", memory.reservation(), -1, found);
        atLeast(AT + "/memory/swap", memory.swap(), -1, found);
        Long swappiness = memory.swappiness();
        if (swappiness != null && Long.compareUnsigned(swappiness, 100) > 0) {
            found.add(AT + "/memory/swappiness", "must be from 0 to 100");
        }
        Long limit = memory.limit();
        Long swap = memory.swap();
        if (limit != null && swap != null && swap > 0 && swap < limit) {
            found.add(AT + "/memory/swap", "is memory and swap together, so it cannot be below limit (" + limit + ")");
        }
    }

    private static void cpu(Cpu cpu, Violations found) {
        atLeast(AT + "/cpu/quota", cpu.quota(), -1, found);
        Long idle = cpu.idle();
        found.addIf(idle != null && idle != 0 && idle != 1, AT + "/cpu/idle", "must be 0 or 1");
        NumberList.check(AT + "/cpu/cpus", cpu.cpus(), found);
        NumberList.check(AT + "/cpu/mems", cpu.mems(), found);
    }

    private static void atLeast(String pointer, @Nullable Long value, long least, Violations found) {
        if (value != null && value < least) {
            found.add(pointer, "must be " + least + " (no limit) or above, not " + value);
        }
    }

    private static void blockIO(BlockIO io, Violations found) {
        weight(AT + "/blockIO/weight", io.weight(), found);
        weight(AT + "/blockIO/leafWeight", io.leafWeight(), found);
        for (int i = 0; i < io.weightDevice().size(); i++) {
            WeightDevice device = io.weightDevice().get(i);
            String pointer = Pointer.item(AT + "/blockIO/weightDevice", i);
            found.addIf(
                    device.weight() == null && device.leafWeight() == null,
                    pointer,
                    "has neither weight nor leafWeight: give one of them");
            weight(pointer + "/weight", device.weight(), found);
            weight(pointer + "/leafWeight", device.leafWeight(), found);
        }
    }

    /** 0 is "not set" to the engines that always write it. */
    private static void weight(String pointer, @Nullable Integer weight, Violations found) {
        if (weight != null && weight != 0 && (weight < 10 || weight > 1000)) {
            found.add(pointer, "must be from 10 to 1000, not " + weight);
        }
    }

    private static void hugepages(List<HugepageLimit> limits, Violations found) {
        for (int i = 0; i < limits.size(); i++) {
            String size = limits.get(i).pageSize();
            if (!pageSize(size)) {
                found.add(
                        Pointer.item(AT + "/hugepageLimits", i) + "/pageSize",
                        "must be a number followed by KB, MB or GB, such as 2MB, not " + Quoted.text(size));
            }
        }
    }

    private static boolean pageSize(String size) {
        int digits = size.length() - 2;
        for (int i = 0; i < digits; i++) {
            if (size.charAt(i) < '0' || size.charAt(i) > '9') {
                return false;
            }
        }
        return digits > 0
                && size.charAt(0) != '0'
                && (size.endsWith("KB") || size.endsWith("MB") || size.endsWith("GB"));
    }
}
