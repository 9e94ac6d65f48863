package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/**
 * Limits of CPU time in microseconds, {@code config-linux.md#cpu}. Null leaves alone.
 *
 * @param shares weight, unsigned
 * @param quota per period, -1 for no limit
 * @param burst unused quota that may be kept, unsigned
 * @param period unsigned
 * @param realtimeRuntime per realtimePeriod
 * @param realtimePeriod unsigned
 * @param cpus a list such as {@code 0-3,7}, or empty
 * @param mems memory nodes, a list, or empty
 * @param idle 1 for SCHED_IDLE
 */
public record Cpu(
        @Nullable Long shares,
        @Nullable Long quota,
        @Nullable Long burst,
        @Nullable Long period,
        @Nullable Long realtimeRuntime,
        @Nullable Long realtimePeriod,
        String cpus,
        String mems,
        @Nullable Long idle) {
    public static final Cpu NONE = new Cpu(null, null, null, null, null, null, "", "", null);

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return shares == null
                && quota == null
                && burst == null
                && period == null
                && realtimeRuntime == null
                && realtimePeriod == null
                && idle == null
                && cpus.isEmpty()
                && mems.isEmpty();
    }
}
