package dev.confine.runtime.access;

import java.util.Locale;

/**
 * A change that would allow what was refused.
 *
 * @param what in a sentence
 * @param how the exact command, or the line of config.json
 */
public record Cure(Kind kind, String what, String how) {
    /** From the least powerful to the most: what a change gives to how many. */
    public enum Kind {
        MODE,
        ACL,
        GROUP,
        CHOWN,
        MOUNT_OPTION,
        IDMAPPED_MOUNT,
        MAP,
        CAPABILITY,
        SETTING;

        /** In JSON: {@code idmapped-mount}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
