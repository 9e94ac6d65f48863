package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/**
 * Limits of memory in bytes, {@code config-linux.md#memory}. -1 is no limit, null leaves alone.
 *
 * @param limit of usage
 * @param reservation soft limit
 * @param swap limit of memory and swap together
 * @param kernel limit of kernel memory, without effect in today's kernels
 * @param kernelTCP limit of TCP buffers
 * @param swappiness 0 to 100, unsigned
 * @param disableOOMKiller pause instead of kill
 * @param useHierarchy cgroup v1
 * @param checkBeforeUpdate refuse a limit below the usage
 */
public record Memory(
        @Nullable Long limit,
        @Nullable Long reservation,
        @Nullable Long swap,
        @Nullable Long kernel,
        @Nullable Long kernelTCP,
        @Nullable Long swappiness,
        boolean disableOOMKiller,
        boolean useHierarchy,
        boolean checkBeforeUpdate) {
    public static final Memory NONE = new Memory(null, null, null, null, null, null, false, false, false);

    /** With what {@code change} gives in place of its own; 0 gives nothing, as engines always write it. */
    Memory with(Memory change) {
        // no limit of memory leaves none of memory and swap together
        Long together = change.limit != null && change.limit == -1 && swap != null ? Long.valueOf(-1) : swap;
        return new Memory(
                Resources.given(change.limit, limit),
                Resources.given(change.reservation, reservation),
                Resources.given(change.swap, together),
                Resources.given(change.kernel, kernel),
                Resources.given(change.kernelTCP, kernelTCP),
                change.swappiness == null ? swappiness : change.swappiness,
                disableOOMKiller || change.disableOOMKiller,
                useHierarchy || change.useHierarchy,
                checkBeforeUpdate || change.checkBeforeUpdate);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return limit == null
                && reservation == null
                && swap == null
                && kernel == null
                && kernelTCP == null
                && swappiness == null
                && !disableOOMKiller
                && !useHierarchy
                && !checkBeforeUpdate;
    }
}
