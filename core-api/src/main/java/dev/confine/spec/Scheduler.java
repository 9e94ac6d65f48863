package dev.confine.spec;

import java.util.List;

/**
 * How the kernel schedules the process, {@code config.md#scheduler}, sched_setattr(2).
 *
 * @param policy which
 * @param nice of SCHED_OTHER and SCHED_BATCH, 0 when not given
 * @param priority of SCHED_FIFO and SCHED_RR, 0 when not given
 * @param flags of sched_attr
 * @param runtime of SCHED_DEADLINE in ns, unsigned, 0 when not given
 * @param deadline of SCHED_DEADLINE in ns, unsigned, 0 when not given
 * @param period of SCHED_DEADLINE in ns, unsigned, 0 when not given
 */
public record Scheduler(
        Policy policy, int nice, int priority, List<Flag> flags, long runtime, long deadline, long period) {
    public Scheduler {
        flags = List.copyOf(flags);
    }

    /** Whether the process goes before all that have none of these policies, sched(7). */
    public boolean isRealTime() {
        return policy == Policy.SCHED_FIFO || policy == Policy.SCHED_RR || policy == Policy.SCHED_DEADLINE;
    }

    /** The policies of sched(7). */
    public enum Policy {
        SCHED_OTHER,
        SCHED_FIFO,
        SCHED_RR,
        SCHED_BATCH,
        SCHED_ISO,
        SCHED_IDLE,
        SCHED_DEADLINE
    }

    /** Flags of sched_setattr(2). */
    public enum Flag {
        SCHED_FLAG_RESET_ON_FORK,
        SCHED_FLAG_RECLAIM,
        SCHED_FLAG_DL_OVERRUN,
        SCHED_FLAG_KEEP_POLICY,
        SCHED_FLAG_KEEP_PARAMS,
        SCHED_FLAG_UTIL_CLAMP_MIN,
        SCHED_FLAG_UTIL_CLAMP_MAX
    }
}
