package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;

/** Where filters come from. */
public interface Filters {
    /** The bytes of one {@code sock_filter}, linux/filter.h. */
    int INSTRUCTION = 8;
    /** BPF_MAXINSNS. */
    int MOST_INSTRUCTIONS = 4096;

    /**
     * The filter that a configuration describes: an array of {@code sock_filter}, little-endian, as seccomp(2) takes it.
     *
     * @throws dev.confine.ConfineException when there is no such filter, or nothing that could make it
     */
    byte[] filter(Seccomp seccomp);

    /** Whether this could be a filter, by its size alone. */
    static boolean isWhole(long size) {
        return size > 0 && size % INSTRUCTION == 0 && size <= (long) INSTRUCTION * MOST_INSTRUCTIONS;
    }
}
