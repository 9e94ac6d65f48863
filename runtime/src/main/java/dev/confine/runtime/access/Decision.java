package dev.confine.runtime.access;

import dev.confine.spec.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says about one file.
 *
 * @param wanted the permissions that were asked for
 * @param matched the class whose permissions counted; null where they were not looked at
 * @param capability what overrides the permissions, of those the one that gives least; null where they allow it, or nothing overrides them
 * @param held whether the process has it
 * @param counts whether it counts for this file: both ids of it are mapped in the user namespace
 */
public record Decision(
        Reason reason,
        int wanted,
        @Nullable Matched matched,
        @Nullable Capability capability,
        boolean held,
        boolean counts) {
    static Decision of(Reason reason, int wanted) {
        return new Decision(reason, wanted, null, null, false, false);
    }

    public boolean allows() {
        return reason.allows();
    }
}
