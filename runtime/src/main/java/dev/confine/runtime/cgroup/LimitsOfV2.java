package dev.confine.runtime.cgroup;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.Memory;
import dev.confine.spec.Resources;
import dev.confine.spec.ThrottleDevice;
import dev.confine.spec.WeightDevice;
import dev.confine.validate.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of cgroup v2 that hold a container's limits, cgroup-v2 of the kernel's documentation; the configuration has the units of v1. */
final class LimitsOfV2 {
    private final List<Violation> found;
    private final Writes writes = new Writes();

    private LimitsOfV2(List<Violation> found) {
        this.found = found;
    }

    /** What v2 has no file for is added to {@code found}. */
    static List<Write> of(Controller controller, Resources resources, List<Violation> found) {
        LimitsOfV2 limits = new LimitsOfV2(found);
        switch (controller) {
            case MEMORY -> limits.memory(resources.memory());
            case CPU -> limits.cpu(resources.cpu());
            case IO -> limits.io(resources.blockIO());
            case HUGETLB -> limits.hugetlb(resources.hugepageLimits());
            case PIDS, CPUSET, RDMA -> limits.writes.list().addAll(LimitsOfV1.of(controller, resources));
            case NET_CLS, NET_PRIO -> limits.absent(LimitsOfV1.of(controller, resources));
        }
        return limits.writes.list();
    }

    private void memory(Memory memory) {
        bytes("memory.max", Writes.set(memory.limit()), "memory/limit");
        swap(memory.limit(), Writes.set(memory.swap()));
        bytes("memory.low", Writes.set(memory.reservation()), "memory/reservation");
        absent(Writes.set(memory.kernel()) != null, "memory/kernel");
        absent(Writes.set(memory.kernelTCP()) != null, "memory/kernelTCP");
        absent(memory.swappiness() != null, "memory/swappiness");
        absent(memory.disableOOMKiller(), "memory/disableOOMKiller");
    }

    /** The configuration counts memory and swap together, v2 swap alone. */
    private void swap(@Nullable Long limit, @Nullable Long swap) {
        if (swap == null) {
            return;
        }
        if (swap < 0) {
            // without the file there is no limit either
            writes.add(Write.attempt("memory.swap.max", "max"));
        } else if (limit == null || limit <= 0) {
            found.add(new Violation(
                    Writes.AT + "memory/swap",
                    "is memory and swap together, and cgroup v2 counts swap alone: give memory/limit with it"));
        } else {
            bytes("memory.swap.max", swap - limit, "memory/swap");
        }
    }

    private void cpu(Cpu cpu) {
        Long shares = Writes.set(cpu.shares());
        if (shares != null) {
            writes.text("cpu.weight", Long.toString(weight(shares)), "cpu/shares");
        }
        Long quota = Writes.set(cpu.quota());
        Long period = Writes.set(cpu.period());
        if (quota != null || period != null) {
            String time = quota == null || quota < 0 ? "max" : Long.toString(quota);
            String of = period == null ? "" : " " + Long.toUnsignedString(period);
            writes.text("cpu.max", time + of, quota == null ? "cpu/period" : "cpu/quota");
        }
        writes.unsigned("cpu.max.burst", cpu.burst(), "cpu/burst");
        writes.signed("cpu.idle", cpu.idle(), "cpu/idle");
        absent(Writes.set(cpu.realtimeRuntime()) != null, "cpu/realtimeRuntime");
        absent(Writes.set(cpu.realtimePeriod()) != null, "cpu/realtimePeriod");
    }

    /** Shares of 2 to 262144, what lies outside taken as the nearest of them, as a weight of 1 to 10000. */
    static long weight(long shares) {
        long inRange = shares < 0 ? 262144 : Math.min(Math.max(shares, 2), 262144);
        return 1 + (inRange - 2) * 9999 / 262142;
    }

    /** A weight of 10 to 1000 as one of 1 to 10000. */
    static long ioWeight(long weight) {
        return 1 + (weight - 10) * 9999 / 990;
    }

    private void io(BlockIO io) {
        weight(io.weight(), "", "blockIO/weight");
        absent(io.leafWeight() != null && io.leafWeight() != 0, "blockIO/leafWeight");
        for (int i = 0; i < io.weightDevice().size(); i++) {
            WeightDevice device = io.weightDevice().get(i);
            String field = "blockIO/weightDevice/" + i;
            weight(device.weight(), device.major() + ":" + device.minor() + " ", field + "/weight");
            absent(device.leafWeight() != null && device.leafWeight() != 0, field + "/leafWeight");
        }
        throttle("rbps", io.throttleReadBpsDevice(), "blockIO/throttleReadBpsDevice/");
        throttle("wbps", io.throttleWriteBpsDevice(), "blockIO/throttleWriteBpsDevice/");
        throttle("riops", io.throttleReadIOPSDevice(), "blockIO/throttleReadIOPSDevice/");
        throttle("wiops", io.throttleWriteIOPSDevice(), "blockIO/throttleWriteIOPSDevice/");
    }

    /** BFQ has the scale of v1, io.cost one of its own. */
    private void weight(@Nullable Integer weight, String device, String field) {
        if (weight != null && weight != 0) {
            Write cost = new Write("io.weight", device + ioWeight(weight), Writes.AT + field);
            writes.add(new Write("io.bfq.weight", device + weight, cost.pointer(), false, cost));
        }
    }

    private void throttle(String what, List<ThrottleDevice> devices, String field) {
        for (int i = 0; i < devices.size(); i++) {
            ThrottleDevice device = devices.get(i);
            String rate = device.rate() == 0 ? "max" : Long.toUnsignedString(device.rate());
            writes.text("io.max", device.major() + ":" + device.minor() + " " + what + "=" + rate, field + i);
        }
    }

    private void hugetlb(List<HugepageLimit> limits) {
        for (int i = 0; i < limits.size(); i++) {
            String file = "hugetlb." + limits.get(i).pageSize();
            String value = Long.toUnsignedString(limits.get(i).limit());
            writes.text(file + ".max", value, "hugepageLimits/" + i);
            // Linux ≥ 5.7: reserved pages count too
            writes.add(Write.attempt(file + ".rsvd.max", value));
        }
    }

    private void bytes(String file, @Nullable Long value, String field) {
        if (value != null) {
            writes.text(file, value < 0 ? "max" : Long.toString(value), field);
        }
    }

    private void absent(boolean given, String field) {
        if (given) {
            found.add(absent(Writes.AT + field));
        }
    }

    private void absent(List<Write> asked) {
        for (Write write : asked) {
            found.add(absent(write.pointer()));
        }
    }

    private static Violation absent(String pointer) {
        return new Violation(pointer, "has no counterpart in cgroup v2, which this host uses: remove it");
    }
}
