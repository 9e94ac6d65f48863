package dev.confine.runtime.cgroup;

import dev.confine.stats.Statistics;
import dev.confine.stats.Statistics.BlockIo;
import dev.confine.stats.Statistics.Cpu;
import dev.confine.stats.Statistics.Cpuset;
import dev.confine.stats.Statistics.HugePages;
import dev.confine.stats.Statistics.Memory;
import dev.confine.stats.Statistics.Pids;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a container uses from its cgroups: each controller where it is, in v1 or in v2. It watches nothing. */
public final class Accounting {
    private static final String PAGE_SIZES = "/sys/kernel/mm/hugepages";
    private static final String PAGE_SIZE = "hugepages-";

    private final Places places;
    private final Tree tree;

    /** @param directories by hierarchy, as in the container's state */
    public Accounting(Map<String, String> directories) {
        this(directories, new HostTree());
    }

    Accounting(Map<String, String> directories, Tree tree) {
        this.places = new Places(directories, tree);
        this.tree = tree;
    }

    public Statistics read() {
        return new Statistics(cpu(), cpuset(), memory(), pids(), blockIo(), hugePages());
    }

    /** The directory in which v1 tells that memory was used up; null where v1 does not. */
    public @Nullable String memoryOfV1() {
        return places.v1("memory");
    }

    /** The directory in which v2 tells that memory was used up; null where v2 does not. */
    public @Nullable String memoryOfV2() {
        return places.v2("memory");
    }

    /** How often the kernel ended a process for want of memory, of what is in {@code memory.events} of v2. */
    public static long killed(String events) {
        for (String line : events.split("\n", -1)) {
            if (line.startsWith("oom_kill ")) {
                return Counters.number(line.substring(line.indexOf(' ') + 1).strip(), 0);
            }
        }
        return 0;
    }

    private Counters in(@Nullable String directory) {
        return new Counters(tree, directory);
    }

    private Cpu cpu() {
        String usage = places.v1("cpuacct");
        String quota = places.v1("cpu");
        return usage == null && quota == null
                ? CountersOfV2.cpu(in(places.v2()))
                : CountersOfV1.cpu(in(usage), in(quota));
    }

    private Cpuset cpuset() {
        String v1 = places.v1("cpuset");
        return v1 == null ? Cpuset.NONE : CountersOfV1.cpuset(in(v1));
    }

    private Memory memory() {
        String v1 = memoryOfV1();
        return v1 == null ? CountersOfV2.memory(in(memoryOfV2())) : CountersOfV1.memory(in(v1));
    }

    private Pids pids() {
        String v1 = places.v1("pids");
        return v1 == null ? CountersOfV2.pids(in(places.v2())) : CountersOfV1.pids(in(v1));
    }

    private BlockIo blockIo() {
        String v1 = places.v1("blkio");
        return v1 == null ? CountersOfV2.blockIo(in(places.v2("io"))) : CountersOfV1.blockIo(in(v1));
    }

    private Map<String, HugePages> hugePages() {
        Map<String, HugePages> bySize = new HashMap<>();
        String v1 = places.v1("hugetlb");
        String v2 = places.v2("hugetlb");
        if (v1 == null && v2 == null) {
            return bySize;
        }
        for (String name : tree.directories(PAGE_SIZES)) {
            if (name.startsWith(PAGE_SIZE) && name.endsWith("kB")) {
                long kilobytes = Counters.number(name.substring(PAGE_SIZE.length(), name.length() - 2), 0);
                String size = size(kilobytes);
                bySize.put(
                        size, v1 == null ? CountersOfV2.hugePages(in(v2), size) : CountersOfV1.hugePages(in(v1), size));
            }
        }
        return bySize;
    }

    /** As the files of the controller call it: {@code 2MB}. */
    private static String size(long kilobytes) {
        if (kilobytes >= 1 << 20) {
            return (kilobytes >> 20) + "GB";
        }
        return kilobytes >= 1 << 10 ? (kilobytes >> 10) + "MB" : kilobytes + "KB";
    }
}
