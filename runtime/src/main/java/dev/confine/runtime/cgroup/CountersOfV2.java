package dev.confine.runtime.cgroup;

import dev.confine.stats.Statistics.Amount;
import dev.confine.stats.Statistics.BlockIo;
import dev.confine.stats.Statistics.Count;
import dev.confine.stats.Statistics.Cpu;
import dev.confine.stats.Statistics.HugePages;
import dev.confine.stats.Statistics.Memory;
import dev.confine.stats.Statistics.Pids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a cgroup of v2 counts, brought to the names and units of v1; Documentation/admin-guide/cgroup-v2.rst of the kernel. */
final class CountersOfV2 {
    private static final long MICROSECOND = 1000;

    private CountersOfV2() {}

    static Cpu cpu(Counters group) {
        Map<String, Long> stat = group.pairs("cpu.stat");
        return new Cpu(
                stat.getOrDefault("usage_usec", 0L) * MICROSECOND,
                List.of(),
                List.of(),
                List.of(),
                stat.getOrDefault("system_usec", 0L) * MICROSECOND,
                stat.getOrDefault("user_usec", 0L) * MICROSECOND,
                stat.getOrDefault("nr_periods", 0L),
                stat.getOrDefault("nr_throttled", 0L),
                stat.getOrDefault("throttled_usec", 0L) * MICROSECOND,
                group.pressure("cpu.pressure"));
    }

    /** The most that memory and swap ever were together is not known. */
    static Memory memory(Counters group) {
        Map<String, Long> raw = group.pairs("memory.stat");
        Amount usage = amount(group, "memory.");
        Amount swap = amount(group, "memory.swap.");
        Amount both =
                new Amount(swap.limit() == -1 ? -1 : swap.limit() + usage.limit(), swap.usage() + usage.usage(), 0, 0);
        return new Memory(
                raw.getOrDefault("file", 0L),
                usage,
                both,
                Amount.NONE,
                Amount.NONE,
                raw,
                group.pressure("memory.pressure"));
    }

    private static Amount amount(Counters group, String kind) {
        return new Amount(
                group.number(kind + "max"),
                group.number(kind + "current"),
                group.number(kind + "peak"),
                group.pairs(kind + "events").getOrDefault("max", 0L));
    }

    /** Without the controller its processes are counted. */
    static Pids pids(Counters group) {
        return group.has("pids.current")
                ? CountersOfV1.pids(group)
                : new Pids(group.lines("cgroup.procs").size(), 0);
    }

    static HugePages hugePages(Counters group, String size) {
        String kind = "hugetlb." + size + ".";
        String reserved = kind + "rsvd.current";
        return new HugePages(
                group.number(group.has(reserved) ? reserved : kind + "current"),
                0,
                group.pairs(kind + "events").getOrDefault("max", 0L));
    }

    static BlockIo blockIo(Counters group) {
        List<Count> bytes = new ArrayList<>();
        List<Count> operations = new ArrayList<>();
        for (String[] line : group.lines("io.stat")) {
            Map<String, String> values = Counters.values(line);
            count(bytes, line[0], "Read", values.get("rbytes"));
            count(bytes, line[0], "Write", values.get("wbytes"));
            count(operations, line[0], "Read", values.get("rios"));
            count(operations, line[0], "Write", values.get("wios"));
        }
        return new BlockIo(
                bytes,
                operations,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                group.pressure("io.pressure"));
    }

    private static void count(List<Count> counts, String device, String operation, @Nullable String value) {
        int colon = device.indexOf(':');
        if (value != null && colon > 0) {
            counts.add(new Count(
                    Counters.number(device.substring(0, colon), 0),
                    Counters.number(device.substring(colon + 1), 0),
                    operation,
                    Counters.number(value, 0)));
        }
    }
}
