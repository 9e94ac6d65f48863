package dev.confine.runtime.cgroup;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.InterfacePriority;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Pids;
import dev.confine.spec.Rdma;
import dev.confine.spec.Resources;
import dev.confine.spec.ThrottleDevice;
import dev.confine.spec.WeightDevice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of cgroup v1 that hold a container's limits, in the order that a new cgroup takes them, cgroup-v1 of the kernel's documentation. */
final class LimitsOfV1 {
    private final Writes writes = new Writes();

    private LimitsOfV1() {}

    static List<Write> of(Controller controller, Resources resources) {
        LimitsOfV1 limits = new LimitsOfV1();
        switch (controller) {
            case PIDS -> limits.pids(resources.pids());
            case MEMORY -> limits.memory(resources.memory());
            case CPU -> limits.cpu(resources.cpu());
            case CPUSET -> limits.cpuset(resources.cpu());
            case IO -> limits.io(resources.blockIO());
            case HUGETLB -> limits.hugetlb(resources.hugepageLimits());
            case RDMA -> limits.rdma(resources.rdma());
            case NET_CLS -> limits.traffic(resources.network());
            case NET_PRIO -> limits.priorities(resources.network());
        }
        return limits.writes.list();
    }

    private void pids(@Nullable Pids pids) {
        if (pids != null) {
            writes.text("pids.max", pids.limit() < 0 ? "max" : Long.toString(pids.limit()), "pids/limit");
        }
    }

    private void memory(Memory memory) {
        if (memory.useHierarchy()) {
            writes.text("memory.use_hierarchy", "1", "memory/useHierarchy");
        }
        // memory and swap together are never below memory alone, and a new cgroup has no limit of either
        writes.signed("memory.limit_in_bytes", Writes.set(memory.limit()), "memory/limit");
        writes.signed("memory.memsw.limit_in_bytes", Writes.set(memory.swap()), "memory/swap");
        writes.signed("memory.soft_limit_in_bytes", Writes.set(memory.reservation()), "memory/reservation");
        writes.signed("memory.kmem.limit_in_bytes", Writes.set(memory.kernel()), "memory/kernel");
        writes.signed("memory.kmem.tcp.limit_in_bytes", Writes.set(memory.kernelTCP()), "memory/kernelTCP");
        writes.unsigned("memory.swappiness", memory.swappiness(), "memory/swappiness");
        if (memory.disableOOMKiller()) {
            writes.text("memory.oom_control", "1", "memory/disableOOMKiller");
        }
    }

    private void cpu(Cpu cpu) {
        writes.unsigned("cpu.rt_period_us", Writes.set(cpu.realtimePeriod()), "cpu/realtimePeriod");
        writes.signed("cpu.rt_runtime_us", Writes.set(cpu.realtimeRuntime()), "cpu/realtimeRuntime");
        writes.unsigned("cpu.shares", Writes.set(cpu.shares()), "cpu/shares");
        writes.unsigned("cpu.cfs_period_us", Writes.set(cpu.period()), "cpu/period");
        writes.signed("cpu.cfs_quota_us", Writes.set(cpu.quota()), "cpu/quota");
        writes.unsigned("cpu.cfs_burst_us", cpu.burst(), "cpu/burst");
        // the kernel takes no shares from then on
        writes.signed("cpu.idle", cpu.idle(), "cpu/idle");
    }

    private void cpuset(Cpu cpu) {
        if (!cpu.cpus().isEmpty()) {
            writes.text("cpuset.cpus", cpu.cpus(), "cpu/cpus");
        }
        if (!cpu.mems().isEmpty()) {
            writes.text("cpuset.mems", cpu.mems(), "cpu/mems");
        }
    }

    private void io(BlockIO io) {
        weight("", io.weight(), "", "blockIO/weight");
        leafWeight("blkio.leaf_weight", io.leafWeight(), "", "blockIO/leafWeight");
        for (int i = 0; i < io.weightDevice().size(); i++) {
            WeightDevice device = io.weightDevice().get(i);
            String field = "blockIO/weightDevice/" + i;
            String number = device.major() + ":" + device.minor() + " ";
            weight("_device", device.weight(), number, field + "/weight");
            leafWeight("blkio.leaf_weight_device", device.leafWeight(), number, field + "/leafWeight");
        }
        throttle("read_bps", io.throttleReadBpsDevice(), "blockIO/throttleReadBpsDevice/");
        throttle("write_bps", io.throttleWriteBpsDevice(), "blockIO/throttleWriteBpsDevice/");
        throttle("read_iops", io.throttleReadIOPSDevice(), "blockIO/throttleReadIOPSDevice/");
        throttle("write_iops", io.throttleWriteIOPSDevice(), "blockIO/throttleWriteIOPSDevice/");
    }

    /** Of the BFQ scheduler, in older kernels of CFQ. */
    private void weight(String suffix, @Nullable Integer weight, String device, String field) {
        if (weight != null && weight != 0) {
            Write older = new Write("blkio.weight" + suffix, device + weight, Writes.AT + field);
            writes.add(new Write("blkio.bfq.weight" + suffix, older.value(), older.pointer(), false, older));
        }
    }

    private void leafWeight(String file, @Nullable Integer weight, String device, String field) {
        if (weight != null && weight != 0) {
            writes.text(file, device + weight, field);
        }
    }

    private void throttle(String what, List<ThrottleDevice> devices, String field) {
        for (int i = 0; i < devices.size(); i++) {
            ThrottleDevice device = devices.get(i);
            String value = device.major() + ":" + device.minor() + " " + Long.toUnsignedString(device.rate());
            writes.text("blkio.throttle." + what + "_device", value, field + i);
        }
    }

    private void hugetlb(List<HugepageLimit> limits) {
        for (int i = 0; i < limits.size(); i++) {
            String file = "hugetlb." + limits.get(i).pageSize();
            String value = Long.toUnsignedString(limits.get(i).limit());
            writes.text(file + ".limit_in_bytes", value, "hugepageLimits/" + i);
            // Linux ≥ 5.7: reserved pages count too
            writes.add(Write.attempt(file + ".rsvd.limit_in_bytes", value));
        }
    }

    private void rdma(Map<String, Rdma> devices) {
        rdma(devices, writes);
    }

    /** The same in v2. */
    static void rdma(Map<String, Rdma> devices, Writes writes) {
        for (Map.Entry<String, Rdma> device : devices.entrySet()) {
            StringBuilder value = new StringBuilder(device.getKey());
            Long handles = device.getValue().hcaHandles();
            Long objects = device.getValue().hcaObjects();
            value.append(handles == null ? "" : " hca_handle=" + handles);
            value.append(objects == null ? "" : " hca_object=" + objects);
            writes.text("rdma.max", value.toString(), "rdma/" + device.getKey());
        }
    }

    private void traffic(Network network) {
        writes.unsigned("net_cls.classid", network.classID(), "network/classID");
    }

    private void priorities(Network network) {
        for (int i = 0; i < network.priorities().size(); i++) {
            InterfacePriority priority = network.priorities().get(i);
            writes.text("net_prio.ifpriomap", priority.name() + " " + priority.priority(), "network/priorities/" + i);
        }
    }
}
