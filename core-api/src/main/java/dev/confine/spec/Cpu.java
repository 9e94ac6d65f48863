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

    /** With what {@code change} gives in place of its own; 0 gives nothing, as engines always write it, except where it is a value. */
    Cpu with(Cpu change) {
        return new Cpu(
                Resources.given(change.shares, shares),
                Resources.given(change.quota, quota),
                change.burst == null ? burst : change.burst,
                Resources.given(change.period, period),
                Resources.given(change.realtimeRuntime, realtimeRuntime),
                Resources.given(change.realtimePeriod, realtimePeriod),
                change.cpus.isEmpty() ? cpus : change.cpus,
                change.mems.isEmpty() ? mems : change.mems,
                change.idle == null ? idle : change.idle);
    }

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
