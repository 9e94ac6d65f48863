package dev.confine.spec;

import java.util.List;

/**
 * The execution domain, {@code config-linux.md#personality}, personality(2).
 *
 * @param domain which
 * @param flags none is defined by the specification
 */
public record Personality(Domain domain, List<String> flags) {
    public Personality {
        flags = List.copyOf(flags);
    }

    /** The domains of the specification. */
    public enum Domain {
        LINUX,
        LINUX32
    }
}
