package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Resources ALL = new Resources(
            List.of(),
            new Memory(1024L, 512L, 3072L, 7L, 8L, 60L, true, true, true),
            new Cpu(1024L, -1L, 5L, 100000L, 950L, 1000L, "0-1", "0", 1L),
            new BlockIO(
                    500,
                    20,
                    List.of(new WeightDevice(8, 0, 1000, 30)),
                    List.of(new ThrottleDevice(8, 0, 4096)),
                    List.of(new ThrottleDevice(8, 0, 0)),
                    List.of(new ThrottleDevice(8, 16, -1)),
                    List.of(new ThrottleDevice(8, 16, 7))),
            List.of(new HugepageLimit("2MB", -1)),
            new Network(1048577L, List.of(new InterfacePriority("eth0", 5))),
            new Pids(-1),
            Map.of("mlx5_0", new Rdma(3L, null)),
            Map.of());

    private final List<Violation> found = new ArrayList<>();

    private static List<String> shown(List<Write> writes) {
        List<String> shown = new ArrayList<>();
        for (Write write : writes) {
            Write other = write.otherwise();
            shown.add(write.path() + "=" + write.value()
                    + (other == null ? "" : " else " + other.path() + "=" + other.value()));
        }
        return shown;
    }

    private static List<String> v1(Controller controller) {
        return shown(LimitsOfV1.of(controller, ALL));
    }

    private List<String> v2(Controller controller) {
        return shown(LimitsOfV2.of(controller, ALL, found));
    }

    private List<String> refused() {
        return found.stream()
                .map(violation -> violation.pointer().substring("/linux/resources/".length()))
                .toList();
    }

    @Test
    void memory() {
        assertThat(v1(Controller.MEMORY))
                .containsExactly(
                        "memory.use_hierarchy=1",
                        "memory.limit_in_bytes=1024",
                        "memory.memsw.limit_in_bytes=3072",
                        "memory.soft_limit_in_bytes=512",
                        "memory.kmem.limit_in_bytes=7",
                        "memory.kmem.tcp.limit_in_bytes=8",
                        "memory.swappiness=60",
                        "memory.oom_control=1");
        // v2 counts swap alone
        assertThat(v2(Controller.MEMORY)).containsExactly("memory.max=1024", "memory.swap.max=2048", "memory.low=512");
        assertThat(refused())
                .containsExactly("memory/kernel", "memory/kernelTCP", "memory/swappiness", "memory/disableOOMKiller");
    }

    @Test
    void swap_without_a_limit_of_memory_means_nothing_to_v2() {
        Memory memory = new Memory(null, null, 3072L, null, null, null, false, false, false);
        Resources resources = new Resources(
                List.of(), memory, Cpu.NONE, BlockIO.NONE, List.of(), Network.NONE, null, Map.of(), Map.of());
        assertThat(LimitsOfV2.of(Controller.MEMORY, resources, found)).isEmpty();
        assertThat(refused()).containsExactly("memory/swap");
    }

    @Test
    void cpu() {
        assertThat(v1(Controller.CPU))
                .containsExactly(
                        "cpu.rt_period_us=1000",
                        "cpu.rt_runtime_us=950",
                        "cpu.shares=1024",
                        "cpu.cfs_period_us=100000",
                        "cpu.cfs_quota_us=-1",
                        "cpu.cfs_burst_us=5",
                        "cpu.idle=1");
        assertThat(v2(Controller.CPU))
                .containsExactly("cpu.weight=39", "cpu.max=max 100000", "cpu.max.burst=5", "cpu.idle=1");
        assertThat(refused()).containsExactly("cpu/realtimeRuntime", "cpu/realtimePeriod");
    }

    @Test
    void shares_become_a_weight() {
        assertThat(LimitsOfV2.weight(2)).isEqualTo(1);
        assertThat(LimitsOfV2.weight(262144)).isEqualTo(10000);
        assertThat(LimitsOfV2.weight(-1)).isEqualTo(10000);
    }

    @Test
    void what_both_versions_have() {
        for (Controller controller : List.of(Controller.CPUSET, Controller.PIDS, Controller.RDMA)) {
            assertThat(v2(controller)).isEqualTo(v1(controller));
        }
        assertThat(v1(Controller.CPUSET)).containsExactly("cpuset.cpus=0-1", "cpuset.mems=0");
        assertThat(v1(Controller.PIDS)).containsExactly("pids.max=max");
        assertThat(v1(Controller.RDMA)).containsExactly("rdma.max=mlx5_0 hca_handle=3");
    }

    @Test
    void io() {
        assertThat(v1(Controller.IO))
                .containsExactly(
                        "blkio.bfq.weight=500 else blkio.weight=500",
                        "blkio.leaf_weight=20",
                        "blkio.bfq.weight_device=8:0 1000 else blkio.weight_device=8:0 1000",
                        "blkio.leaf_weight_device=8:0 30",
                        "blkio.throttle.read_bps_device=8:0 4096",
                        "blkio.throttle.write_bps_device=8:0 0",
                        "blkio.throttle.read_iops_device=8:16 18446744073709551615",
                        "blkio.throttle.write_iops_device=8:16 7");
        assertThat(v2(Controller.IO))
                .containsExactly(
                        "io.bfq.weight=500 else io.weight=4950",
                        "io.bfq.weight=8:0 1000 else io.weight=8:0 10000",
                        "io.max=8:0 rbps=4096",
                        "io.max=8:0 wbps=max",
                        "io.max=8:16 riops=18446744073709551615",
                        "io.max=8:16 wiops=7");
        assertThat(refused()).containsExactly("blockIO/leafWeight", "blockIO/weightDevice/0/leafWeight");
    }

    @Test
    void hugepages() {
        assertThat(v1(Controller.HUGETLB))
                .containsExactly(
                        "hugetlb.2MB.limit_in_bytes=18446744073709551615",
                        "hugetlb.2MB.rsvd.limit_in_bytes=18446744073709551615");
        assertThat(v2(Controller.HUGETLB))
                .containsExactly("hugetlb.2MB.max=18446744073709551615", "hugetlb.2MB.rsvd.max=18446744073709551615");
    }

    @Test
    void network() {
        assertThat(v1(Controller.NET_CLS)).containsExactly("net_cls.classid=1048577");
        assertThat(v1(Controller.NET_PRIO)).containsExactly("net_prio.ifpriomap=eth0 5");
        assertThat(v2(Controller.NET_CLS)).isEmpty();
        assertThat(v2(Controller.NET_PRIO)).isEmpty();
        assertThat(refused()).containsExactly("network/classID", "network/priorities/0");
    }
}
