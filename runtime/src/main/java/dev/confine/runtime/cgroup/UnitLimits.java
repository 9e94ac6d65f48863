package dev.confine.runtime.cgroup;

import dev.confine.runtime.systemd.UnitProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits as systemd has them, systemd.resource-control(5), so that it writes the same values as confine when it writes any. What is not among its properties is confine's
 * alone.
 */
public final class UnitLimits {
    private static final long NO_LIMIT = -1;
    private static final long PERIOD = 100_000;
    private static final long SECOND = 1_000_000;
    private static final long STEP = 10_000;
    private static final int WITH_PERIOD = 242;
    private static final int WITH_CPUSET = 244;

    private final int version;
    private final @Nullable String unified;
    private final List<UnitProperty> properties = new ArrayList<>();
    private long quota = NO_LIMIT;
    private long period = PERIOD;
    private boolean timed;

    private UnitLimits(int version, @Nullable String unified) {
        this.version = version;
        this.unified = unified;
    }

    /**
     * The properties that say what these writes do.
     *
     * @param unified the container's cgroup of v2, or null
     * @param version of systemd
     */
    public static List<UnitProperty> of(List<Write> writes, @Nullable String unified, int version) {
        UnitLimits limits = new UnitLimits(version, unified);
        for (Write write : writes) {
            limits.add(write);
        }
        limits.time();
        return limits.properties;
    }

    private void add(Write write) {
        String path = write.path();
        String file = path.substring(path.lastIndexOf('/') + 1);
        String value = write.value();
        switch (file) {
            case "memory.max" -> number("MemoryMax", value);
            case "memory.high" -> number("MemoryHigh", value);
            case "memory.low" -> number("MemoryLow", value);
            case "memory.min" -> number("MemoryMin", value);
            case "memory.swap.max" -> number("MemorySwapMax", value);
            case "memory.limit_in_bytes" -> number("MemoryLimit", value);
            case "cpu.weight" -> number("CPUWeight", value);
            case "cpu.shares" -> number("CPUShares", value);
            case "blkio.weight", "blkio.bfq.weight" -> number("BlockIOWeight", value);
            case "pids.max" -> number("TasksMax", value);
            case "cpu.cfs_quota_us" -> quota(value);
            case "cpu.cfs_period_us" -> period(value);
            case "cpu.max" -> {
                int blank = value.indexOf(' ');
                quota(blank < 0 ? value : value.substring(0, blank));
                if (blank >= 0) {
                    period(value.substring(blank + 1).strip());
                }
            }
            case "cpuset.cpus" -> set("AllowedCPUs", path, value);
            case "cpuset.mems" -> set("AllowedMemoryNodes", path, value);
            default -> {}
        }
    }

    private void number(String name, String value) {
        Long number = parsed(value);
        if (number != null) {
            properties.add(UnitProperty.number(name, number));
        }
    }

    private void quota(String value) {
        Long number = parsed(value);
        if (number != null) {
            quota = number;
            timed = true;
        }
    }

    private void period(String value) {
        Long number = parsed(value);
        if (number != null && number > 0) {
            period = number;
            timed = true;
        }
    }

    /** Time in a second, in whole hundredths of a CPU, as systemd counts it. */
    private void time() {
        if (timed) {
            long time =
                    quota < 0 ? NO_LIMIT : (Math.multiplyHigh(quota, SECOND) == 0 ? quota * SECOND / period : NO_LIMIT);
            properties.add(
                    UnitProperty.number("CPUQuotaPerSecUSec", time < 0 ? NO_LIMIT : (time + STEP - 1) / STEP * STEP));
            if (version >= WITH_PERIOD) {
                properties.add(UnitProperty.number("CPUQuotaPeriodUSec", period));
            }
        }
    }

    /** A value that the kernel takes and this does not know is confine's to write. */
    private static @Nullable Long parsed(String value) {
        if (value.equals("max") || value.startsWith("-")) {
            return NO_LIMIT;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return null;
            }
        }
        return value.isEmpty() || value.length() > 18 ? null : Long.valueOf(value);
    }

    /** A list such as {@code 0-3,7} as a mask, the lowest number first; systemd has it for v2 alone. */
    private void set(String name, String path, String list) {
        if (version < WITH_CPUSET || unified == null || !path.startsWith(unified + "/")) {
            return;
        }
        List<Long> mask = new ArrayList<>();
        for (String range : list.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            Long first = parsed(dash < 0 ? range : range.substring(0, dash));
            Long last = dash < 0 ? first : parsed(range.substring(dash + 1));
            if (first == null || last == null || first < 0 || last > 0xffff) {
                return;
            }
            for (long bit = first; bit <= last; bit++) {
                int at = (int) bit / 8;
                while (mask.size() <= at) {
                    mask.add(0L);
                }
                mask.set(at, mask.get(at) | 1L << bit % 8);
            }
        }
        properties.add(UnitProperty.bytes(name, mask));
    }
}
