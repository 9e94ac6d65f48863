package dev.confine.stats;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a container uses at one moment; cgroups(7). The names are those of v1, which v2's numbers are brought to.
 *
 * @param hugetlb by size of page, {@code 2MB}
 */
public record Statistics(
        Cpu cpu, Cpuset cpuset, Memory memory, Pids pids, BlockIo blockIo, Map<String, HugePages> hugetlb) {
    public Statistics {
        hugetlb = sorted(hugetlb);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /**
     * Time of processors, ns.
     *
     * @param perCpu of each processor; only v1 counts it, as the next two
     * @param kernel in the kernel
     * @param user outside of it
     * @param periods that its quota is for
     * @param throttledPeriods those of which it used its quota up
     * @param throttledTime that it waited therefore
     * @param pressure null where the kernel does not tell
     */
    public record Cpu(
            long total,
            List<Long> perCpu,
            List<Long> perCpuKernel,
            List<Long> perCpuUser,
            long kernel,
            long user,
            long periods,
            long throttledPeriods,
            long throttledTime,
            @Nullable Pressure pressure) {
        public Cpu {
            perCpu = List.copyOf(perCpu);
            perCpuKernel = List.copyOf(perCpuKernel);
            perCpuUser = List.copyOf(perCpuUser);
        }
    }

    /**
     * The processors and memory nodes that it may use, and the switches of cpuset(7), 0 or 1; only v1 has them.
     *
     * @param relaxDomainLevel -1 to 5
     */
    public record Cpuset(
            List<Long> cpus,
            long cpuExclusive,
            List<Long> nodes,
            long memHardwall,
            long memExclusive,
            long memoryMigrate,
            long memorySpreadPage,
            long memorySpreadSlab,
            long memoryPressure,
            long schedLoadBalance,
            long relaxDomainLevel) {
        /** What is said where there is none. */
        public static final Cpuset NONE = new Cpuset(List.of(), 0, List.of(), 0, 0, 0, 0, 0, 0, 0, 0);

        public Cpuset {
            cpus = List.copyOf(cpus);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Memory, bytes.
     *
     * @param cache of files
     * @param swap memory and swap together, as v1 counts
     * @param kernel of the kernel on its behalf; only v1 counts it
     * @param raw {@code memory.stat}
     * @param pressure null where the kernel does not tell
     */
    public record Memory(
            long cache,
            Amount usage,
            Amount swap,
            Amount kernel,
            Amount kernelTcp,
            Map<String, Long> raw,
            @Nullable Pressure pressure) {
        public Memory {
            raw = sorted(raw);
        }
    }

    /**
     * Of one kind of memory, bytes.
     *
     * @param limit the largest number where there is none
     * @param max the most that was ever used
     * @param failures how often the limit was hit
     */
    public record Amount(long limit, long usage, long max, long failures) {
        /** What is said where it is not counted. */
        public static final Amount NONE = new Amount(0, 0, 0, 0);
    }

    /**
     * Tasks.
     *
     * @param limit 0 where there is none
     */
    public record Pids(long current, long limit) {}

    /** What was read and written on block devices. What v2 does not tell apart is empty. */
    public record BlockIo(
            List<Count> bytes,
            List<Count> operations,
            List<Count> queued,
            List<Count> serviceTime,
            List<Count> waitTime,
            List<Count> merged,
            List<Count> time,
            List<Count> sectors,
            @Nullable Pressure pressure) {
        public BlockIo {
            bytes = List.copyOf(bytes);
            operations = List.copyOf(operations);
            queued = List.copyOf(queued);
            serviceTime = List.copyOf(serviceTime);
            waitTime = List.copyOf(waitTime);
            merged = List.copyOf(merged);
            time = List.copyOf(time);
            sectors = List.copyOf(sectors);
        }
    }

    /**
     * A counter of one block device.
     *
     * @param operation {@code Read}, {@code Write}, …; empty where they are not told apart
     */
    public record Count(long major, long minor, String operation, long value) {}

    /** Huge pages of one size, bytes; {@code failures} counts. */
    public record HugePages(long usage, long max, long failures) {}

    /** How much time was lost in want of something: of some tasks, and of all at once. Linux ≥ 4.20, v2. */
    public record Pressure(Shares some, Shares full) {}

    /**
     * Shares of time, percent over so many seconds.
     *
     * @param total µs
     */
    public record Shares(double avg10, double avg60, double avg300, long total) {
        /** What is said of what is not counted. */
        public static final Shares NONE = new Shares(0, 0, 0, 0);
    }
}
