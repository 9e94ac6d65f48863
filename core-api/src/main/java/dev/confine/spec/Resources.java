package dev.confine.spec;

import java.util.LinkedHashMap;
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

    /** With what {@code change} gives in place of its own. Its devices stay: what a container may use is decided when it is made. */
    public Resources with(Resources change) {
        Network net = new Network(
                change.network.classID() == null ? network.classID() : change.network.classID(),
                given(change.network.priorities(), network.priorities()));
        return new Resources(
                devices,
                memory.with(change.memory),
                cpu.with(change.cpu),
                blockIO.with(change.blockIO),
                given(change.hugepageLimits, hugepageLimits),
                net,
                change.pids == null ? pids : change.pids,
                both(rdma, change.rdma),
                both(unified, change.unified));
    }

    static @Nullable Long given(@Nullable Long change, @Nullable Long own) {
        return change == null || change == 0 ? own : change;
    }

    static <T> List<T> given(List<T> change, List<T> own) {
        return change.isEmpty() ? own : change;
    }

    private static <T> Map<String, T> both(Map<String, T> own, Map<String, T> change) {
        Map<String, T> both = new LinkedHashMap<>(own);
        both.putAll(change);
        return both;
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
