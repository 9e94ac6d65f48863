package dev.confine.runtime.config;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.DeviceCgroup;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.InterfacePriority;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Rdma;
import dev.confine.spec.Resources;
import dev.confine.spec.ThrottleDevice;
import dev.confine.spec.WeightDevice;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes {@code linux.resources} of config.json. */
final class ResourcesWriter {
    private ResourcesWriter() {}

    static void resources(Out out, Resources resources) throws IOException {
        out.open("resources");
        devices(out, resources.devices());
        memory(out, resources.memory());
        cpu(out, resources.cpu());
        blockIO(out, resources.blockIO());
        hugepageLimits(out, resources.hugepageLimits());
        network(out, resources.network());
        if (resources.pids() != null) {
            out.open("pids");
            out.number("limit", resources.pids().limit());
            out.close();
        }
        rdma(out, resources.rdma());
        out.texts("unified", resources.unified());
        out.close();
    }

    private static void devices(Out out, List<DeviceCgroup> rules) throws IOException {
        if (rules.isEmpty()) {
            return;
        }
        out.openList("devices");
        for (DeviceCgroup rule : rules) {
            out.open();
            out.requiredBool("allow", rule.allow());
            out.text("type", rule.type());
            out.number("major", rule.major());
            out.number("minor", rule.minor());
            out.text("access", rule.access());
            out.close();
        }
        out.closeList();
    }

    private static void memory(Out out, Memory memory) throws IOException {
        if (memory.isEmpty()) {
            return;
        }
        out.open("memory");
        out.number("limit", memory.limit());
        out.number("reservation", memory.reservation());
        out.number("swap", memory.swap());
        out.number("kernel", memory.kernel());
        out.number("kernelTCP", memory.kernelTCP());
        out.unsigned("swappiness", memory.swappiness());
        out.bool("disableOOMKiller", memory.disableOOMKiller());
        out.bool("useHierarchy", memory.useHierarchy());
        out.bool("checkBeforeUpdate", memory.checkBeforeUpdate());
        out.close();
    }

    private static void cpu(Out out, Cpu cpu) throws IOException {
        if (cpu.isEmpty()) {
            return;
        }
        out.open("cpu");
        out.unsigned("shares", cpu.shares());
        out.number("quota", cpu.quota());
        out.unsigned("burst", cpu.burst());
        out.unsigned("period", cpu.period());
        out.number("realtimeRuntime", cpu.realtimeRuntime());
        out.unsigned("realtimePeriod", cpu.realtimePeriod());
        out.text("cpus", cpu.cpus());
        out.text("mems", cpu.mems());
        out.number("idle", cpu.idle());
        out.close();
    }

    private static void blockIO(Out out, BlockIO io) throws IOException {
        if (io.isEmpty()) {
            return;
        }
        out.open("blockIO");
        out.number("weight", io.weight());
        out.number("leafWeight", io.leafWeight());
        weightDevices(out, io.weightDevice());
        throttleDevices(out, "throttleReadBpsDevice", io.throttleReadBpsDevice());
        throttleDevices(out, "throttleWriteBpsDevice", io.throttleWriteBpsDevice());
        throttleDevices(out, "throttleReadIOPSDevice", io.throttleReadIOPSDevice());
        throttleDevices(out, "throttleWriteIOPSDevice", io.throttleWriteIOPSDevice());
        out.close();
    }

    private static void weightDevices(Out out, List<WeightDevice> devices) throws IOException {
        if (devices.isEmpty()) {
            return;
        }
        out.openList("weightDevice");
        for (WeightDevice device : devices) {
            out.open();
            out.number("major", device.major());
            out.number("minor", device.minor());
            out.number("weight", device.weight());
            out.number("leafWeight", device.leafWeight());
            out.close();
        }
        out.closeList();
    }

    private static void throttleDevices(Out out, String name, List<ThrottleDevice> devices) throws IOException {
        if (devices.isEmpty()) {
            return;
        }
        out.openList(name);
        for (ThrottleDevice device : devices) {
            out.open();
            out.number("major", device.major());
            out.number("minor", device.minor());
            out.unsigned("rate", device.rate());
            out.close();
        }
        out.closeList();
    }

    private static void hugepageLimits(Out out, List<HugepageLimit> limits) throws IOException {
        if (limits.isEmpty()) {
            return;
        }
        out.openList("hugepageLimits");
        for (HugepageLimit limit : limits) {
            out.open();
            out.required("pageSize", limit.pageSize());
            out.unsigned("limit", limit.limit());
            out.close();
        }
        out.closeList();
    }

    private static void network(Out out, Network network) throws IOException {
        if (network.isEmpty()) {
            return;
        }
        out.open("network");
        out.number("classID", network.classID());
        if (!network.priorities().isEmpty()) {
            out.openList("priorities");
            for (InterfacePriority priority : network.priorities()) {
                out.open();
                out.required("name", priority.name());
                out.number("priority", priority.priority());
                out.close();
            }
            out.closeList();
        }
        out.close();
    }

    private static void rdma(Out out, Map<String, Rdma> limits) throws IOException {
        if (limits.isEmpty()) {
            return;
        }
        out.open("rdma");
        for (Map.Entry<String, Rdma> limit : limits.entrySet()) {
            out.open(limit.getKey());
            out.number("hcaHandles", limit.getValue().hcaHandles());
            out.number("hcaObjects", limit.getValue().hcaObjects());
            out.close();
        }
        out.close();
    }
}
