package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.stats.Statistics;
import dev.confine.stats.Statistics.Amount;
import dev.confine.stats.Statistics.Count;
import dev.confine.stats.Statistics.HugePages;
import dev.confine.stats.Statistics.Pids;
import dev.confine.stats.Statistics.Pressure;
import dev.confine.stats.Statistics.Shares;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the files of cgroups say a container uses. */
final class AccountingTest {
    private final FakeTree tree = new FakeTree();

    private Statistics read(Map<String, String> directories) {
        return new Accounting(directories, tree).read();
    }

    @Test
    void controllersOfV1_areRead_eachWhereItIs() {
        tree.with("/a/cpuacct.usage", "12\n")
                .with("/a/cpuacct.usage_percpu", "10 2 \n")
                .with("/a/cpuacct.usage_all", "cpu user system\n0 4 8\n1 1 0\n")
                .with("/a/cpuacct.stat", "user 3\nsystem 5\n")
                .with("/c/cpu.stat", "nr_periods 7\nnr_throttled 2\nthrottled_time 99\n")
                .with("/s/cpuset.cpus", "0-1,3\n")
                .with("/s/cpuset.mems", "0\n")
                .with("/s/cpuset.sched_relax_domain_level", "-1\n")
                .with("/p/pids.current", "3\n")
                .with("/p/pids.max", "max\n");
        Statistics all = read(Map.of("cpuacct", "/a", "cpu", "/c", "cpuset", "/s", "pids", "/p", "", "/u"));
        assertThat(all.cpu().total()).isEqualTo(12);
        assertThat(all.cpu().perCpu()).containsExactly(10L, 2L);
        assertThat(all.cpu().perCpuUser()).containsExactly(4L, 1L);
        assertThat(all.cpu().perCpuKernel()).containsExactly(8L, 0L);
        assertThat(all.cpu().user()).isEqualTo(30_000_000);
        assertThat(all.cpu().kernel()).isEqualTo(50_000_000);
        assertThat(all.cpu().throttledTime()).isEqualTo(99);
        assertThat(all.cpuset().cpus()).containsExactly(0L, 1L, 3L);
        assertThat(all.cpuset().relaxDomainLevel()).isEqualTo(-1);
        assertThat(all.pids()).isEqualTo(new Pids(3, 0));
    }

    @Test
    void memoryOfV1_hasLimitsAndCounters() {
        tree.with("/m/memory.stat", "cache 4096\nrss 1\n")
                .with("/m/memory.usage_in_bytes", "5\n")
                .with("/m/memory.limit_in_bytes", "9223372036854771712\n")
                .with("/m/memory.max_usage_in_bytes", "6\n")
                .with("/m/memory.failcnt", "7\n")
                .with("/m/memory.kmem.tcp.limit_in_bytes", "8\n");
        Statistics.Memory memory = read(Map.of("memory", "/m")).memory();
        assertThat(memory.cache()).isEqualTo(4096);
        assertThat(memory.usage()).isEqualTo(new Amount(9223372036854771712L, 5, 6, 7));
        assertThat(memory.swap()).isEqualTo(Amount.NONE);
        assertThat(memory.kernelTcp()).isEqualTo(new Amount(8, 0, 0, 0));
        assertThat(memory.raw()).containsEntry("rss", 1L);
    }

    @Test
    void blockDevicesOfV1_areThoseOfTheScheduler_orOfThrottling() {
        tree.with("/b/blkio.throttle.io_serviced_recursive", "8:0 Read 3\n8:0 Total 3\nTotal 3\n")
                .with("/b/blkio.throttle.io_service_bytes_recursive", "8:0 Read 4096\nTotal 4096\n");
        Statistics.BlockIo io = read(Map.of("blkio", "/b")).blockIo();
        assertThat(io.operations()).containsExactly(new Count(8, 0, "Read", 3), new Count(8, 0, "Total", 3));
        assertThat(io.bytes()).containsExactly(new Count(8, 0, "Read", 4096));
        tree.with("/b/blkio.bfq.io_serviced_recursive", "8:16 Write 1\n")
                .with("/b/blkio.bfq.sectors_recursive", "8:16 9\n");
        io = read(Map.of("blkio", "/b")).blockIo();
        assertThat(io.operations()).containsExactly(new Count(8, 16, "Write", 1));
        assertThat(io.sectors()).containsExactly(new Count(8, 16, "", 9));
    }

    @Test
    void v2_isBroughtToNamesAndUnitsOfV1() {
        tree.with("/u/cgroup.controllers", "cpu io memory pids\n")
                .with("/u/cpu.stat", "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_throttled 1\nthrottled_usec 4\n")
                .with("/u/cpu.pressure", "some avg10=0.12 avg60=1.00 avg300=0.00 total=77\n")
                .with("/u/memory.stat", "anon 1\nfile 2\n")
                .with("/u/memory.current", "10\n")
                .with("/u/memory.max", "100\n")
                .with("/u/memory.peak", "20\n")
                .with("/u/memory.events", "low 0\nhigh 0\nmax 6\noom 1\noom_kill 1\n")
                .with("/u/memory.swap.current", "1\n")
                .with("/u/memory.swap.max", "50\n")
                .with("/u/io.stat", "8:0 rbytes=4096 wbytes=1 rios=2 wios=3 dbytes=0 dios=0\n")
                .with("/u/cgroup.procs", "4\n5\n");
        Statistics all = read(Map.of("", "/u"));
        assertThat(all.cpu().total()).isEqualTo(5000);
        assertThat(all.cpu().user()).isEqualTo(3000);
        assertThat(all.cpu().throttledTime()).isEqualTo(4000);
        assertThat(all.cpu().pressure()).isEqualTo(new Pressure(new Shares(0.12, 1, 0, 77), Shares.NONE));
        assertThat(all.memory().cache()).isEqualTo(2);
        assertThat(all.memory().usage()).isEqualTo(new Amount(100, 10, 20, 6));
        assertThat(all.memory().swap()).isEqualTo(new Amount(150, 11, 0, 0));
        assertThat(all.blockIo().bytes()).containsExactly(new Count(8, 0, "Read", 4096), new Count(8, 0, "Write", 1));
        assertThat(all.blockIo().operations()).containsExactly(new Count(8, 0, "Read", 2), new Count(8, 0, "Write", 3));
        assertThat(all.pids()).isEqualTo(new Pids(2, 0));
        assertThat(Accounting.killed(tree.read("/u/memory.events"))).isEqualTo(1);
    }

    @Test
    void v2_withoutALimit_hasTheLargestNumber() {
        tree.with("/u/cgroup.controllers", "memory\n")
                .with("/u/memory.max", "max\n")
                .with("/u/memory.swap.max", "max\n");
        assertThat(read(Map.of("", "/u")).memory().usage().limit()).isEqualTo(-1);
        assertThat(read(Map.of("", "/u")).memory().swap().limit()).isEqualTo(-1);
    }

    @Test
    void hugePages_areReadBySize_fromTheHierarchyThatHasThem() {
        tree.with("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0")
                .with("/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages", "0")
                .with("/u/cgroup.controllers", "hugetlb\n")
                .with("/u/hugetlb.2MB.rsvd.current", "2097152\n")
                .with("/u/hugetlb.2MB.events", "max 3\n");
        assertThat(read(Map.of("", "/u", "memory", "/m")).hugetlb())
                .containsExactly(
                        Map.entry("1GB", new HugePages(0, 0, 0)), Map.entry("2MB", new HugePages(2097152, 0, 3)));
        assertThat(read(Map.of("memory", "/m")).hugetlb()).isEmpty();
    }
}
