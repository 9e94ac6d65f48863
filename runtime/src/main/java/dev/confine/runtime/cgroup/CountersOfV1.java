package dev.confine.runtime.cgroup;

import dev.confine.stats.Statistics.Amount;
import dev.confine.stats.Statistics.BlockIo;
import dev.confine.stats.Statistics.Count;
import dev.confine.stats.Statistics.Cpu;
import dev.confine.stats.Statistics.Cpuset;
import dev.confine.stats.Statistics.HugePages;
import dev.confine.stats.Statistics.Memory;
import dev.confine.stats.Statistics.Pids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the controllers of v1 count; Documentation/admin-guide/cgroup-v1 of the kernel. */
final class CountersOfV1 {
    /** Ticks of cpuacct.stat are of 10 ms on every architecture that there is a launcher for. */
    private static final long TICK = 10_000_000;

    /** Of the families of files in blkio the one with a scheduler's own counters is wanted, and what throttling counts is what there always is. */
    private static final String[] BLOCK_FAMILIES = {"blkio.bfq.", "blkio.", "blkio.throttle."};

    private CountersOfV1() {}

    /** @param quota of the controller cpu, which may be mounted apart from cpuacct */
    static Cpu cpu(Counters usage, Counters quota) {
        List<Long> kernel = new ArrayList<>();
        List<Long> user = new ArrayList<>();
        for (String[] line : usage.lines("cpuacct.usage_all")) {
            if (line.length >= 3 && !line[0].equals("cpu")) {
                user.add(Counters.number(line[1], 0));
                kernel.add(Counters.number(line[2], 0));
            }
        }
        Map<String, Long> ticks = usage.pairs("cpuacct.stat");
        Map<String, Long> throttled = quota.pairs("cpu.stat");
        return new Cpu(
                usage.number("cpuacct.usage"),
                usage.numbers("cpuacct.usage_percpu"),
                kernel,
                user,
                ticks.getOrDefault("system", 0L) * TICK,
                ticks.getOrDefault("user", 0L) * TICK,
                throttled.getOrDefault("nr_periods", 0L),
                throttled.getOrDefault("nr_throttled", 0L),
                throttled.getOrDefault("throttled_time", 0L),
                null);
    }

    static Cpuset cpuset(Counters set) {
        return new Cpuset(
                set.members("cpuset.cpus"),
                set.number("cpuset.cpu_exclusive"),
                set.members("cpuset.mems"),
                set.number("cpuset.mem_hardwall"),
                set.number("cpuset.mem_exclusive"),
                set.number("cpuset.memory_migrate"),
                set.number("cpuset.memory_spread_page"),
                set.number("cpuset.memory_spread_slab"),
                set.number("cpuset.memory_pressure"),
                set.number("cpuset.sched_load_balance"),
                set.number("cpuset.sched_relax_domain_level"));
    }

    static Memory memory(Counters memory) {
        Map<String, Long> raw = memory.pairs("memory.stat");
        return new Memory(
                raw.getOrDefault("cache", 0L),
                amount(memory, "memory."),
                amount(memory, "memory.memsw."),
                amount(memory, "memory.kmem."),
                amount(memory, "memory.kmem.tcp."),
                raw,
                null);
    }

    private static Amount amount(Counters memory, String kind) {
        return new Amount(
                memory.number(kind + "limit_in_bytes"),
                memory.number(kind + "usage_in_bytes"),
                memory.number(kind + "max_usage_in_bytes"),
                memory.number(kind + "failcnt"));
    }

    static Pids pids(Counters pids) {
        long limit = pids.number("pids.max");
        return new Pids(pids.number("pids.current"), limit == -1 ? 0 : limit);
    }

    static HugePages hugePages(Counters pages, String size) {
        String reserved = "hugetlb." + size + ".rsvd.";
        String kind = pages.has(reserved + "usage_in_bytes") ? reserved : "hugetlb." + size + ".";
        return new HugePages(
                pages.number(kind + "usage_in_bytes"),
                pages.number(kind + "max_usage_in_bytes"),
                pages.number(kind + "failcnt"));
    }

    static BlockIo blockIo(Counters io) {
        for (String family : BLOCK_FAMILIES) {
            List<Count> operations = counts(io, family + "io_serviced_recursive");
            if (!operations.isEmpty()) {
                return blockIo(io, family, operations);
            }
        }
        return new BlockIo(
                counts(io, "blkio.throttle.io_service_bytes"),
                counts(io, "blkio.throttle.io_serviced"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static BlockIo blockIo(Counters io, String family, List<Count> operations) {
        return new BlockIo(
                counts(io, family + "io_service_bytes_recursive"),
                operations,
                counts(io, family + "io_queued_recursive"),
                counts(io, family + "io_service_time_recursive"),
                counts(io, family + "io_wait_time_recursive"),
                counts(io, family + "io_merged_recursive"),
                counts(io, family + "time_recursive"),
                counts(io, family + "sectors_recursive"),
                null);
    }

    /** Lines {@code 8:0 Read 4096}, or without the operation; what is not of a device is a sum. */
    private static List<Count> counts(Counters io, String file) {
        List<Count> counts = new ArrayList<>();
        for (String[] line : io.lines(file)) {
            int colon = line[0].indexOf(':');
            if (colon > 0 && line.length >= 2) {
                counts.add(new Count(
                        Counters.number(line[0].substring(0, colon), 0),
                        Counters.number(line[0].substring(colon + 1), 0),
                        line.length == 2 ? "" : line[1],
                        Counters.number(line[line.length - 1], 0)));
            }
        }
        return counts;
    }
}
