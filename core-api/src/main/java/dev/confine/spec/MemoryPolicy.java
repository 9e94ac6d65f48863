package dev.confine.spec;

import java.util.List;

/**
 * The NUMA policy of the process, {@code config-linux.md#memory-policy}, set_mempolicy(2).
 *
 * @param mode which
 * @param nodes a list such as {@code 0-1,3}, or empty
 * @param flags of the mode
 */
public record MemoryPolicy(Mode mode, String nodes, List<Flag> flags) {
    public MemoryPolicy {
        flags = List.copyOf(flags);
    }

    /** The modes of set_mempolicy(2). */
    public enum Mode {
        MPOL_DEFAULT,
        MPOL_BIND,
        MPOL_INTERLEAVE,
        MPOL_WEIGHTED_INTERLEAVE,
        MPOL_PREFERRED,
        MPOL_PREFERRED_MANY,
        MPOL_LOCAL
    }

    /** The flags of set_mempolicy(2). */
    public enum Flag {
        MPOL_F_NUMA_BALANCING,
        MPOL_F_RELATIVE_NODES,
        MPOL_F_STATIC_NODES
    }
}
