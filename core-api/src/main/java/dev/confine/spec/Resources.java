package dev.confine.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits, mostly of cgroups, {@code config-linux.md#control-groups}. What is not given is left alone. */
public record Resources(
        List<DeviceCgroup> devices,
        Memory memory,
        Cpu cpu,
        BlockIO blockIO,
        List<HugepageLimit> hugepageLimits,
        Network network,
        @Nullable Pids pids,
        Map<String, Rdma> rdma,
        Map<String, String> unified) {
    public static final Resources NONE = new Resources(
            List.of(), Memory.NONE, Cpu.NONE, BlockIO.NONE, List.of(), Network.NONE, null, Map.of(), Map.of());

    public Resources {
        devices = List.copyOf(devices);
        hugepageLimits = List.copyOf(hugepageLimits);
        rdma = Ordered.copy(rdma);
        unified = Ordered.copy(unified);
    }

    public Resources withDevices(List<DeviceCgroup> changed) {
        return new Resources(changed, memory, cpu, blockIO, hugepageLimits, network, pids, rdma, unified);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return devices.isEmpty()
                && memory.isEmpty()
                && cpu.isEmpty()
                && blockIO.isEmpty()
                && hugepageLimits.isEmpty()
                && network.isEmpty()
                && pids == null
                && rdma.isEmpty()
                && unified.isEmpty();
    }
}
