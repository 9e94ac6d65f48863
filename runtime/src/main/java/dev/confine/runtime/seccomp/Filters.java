package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;

/** Where filters come from. */
public interface Filters {
    /** An annotation of config.json, by crun's name: with 1 a rule for a system call that nobody knows is an error. */
    String UNKNOWN_CALL_FAILS = "run.oci.seccomp_fail_unknown_syscall";

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

    /** The filter of a container; empty where it has none. */
    default byte[] filter(Spec spec) {
        Seccomp seccomp = spec.linux().seccomp();
        if (seccomp == null) {
            return new byte[0];
        }
        if ("1".equals(spec.annotations().get(UNKNOWN_CALL_FAILS))) {
            requireKnown(seccomp);
        }
        return filter(seccomp);
    }

    /**
     * Makes sure that no rule is passed over for want of a system call of its name.
     *
     * @throws dev.confine.ConfineException which names those that are unknown
     */
    void requireKnown(Seccomp seccomp);

    /** Whether this could be a filter, by its size alone. */
    static boolean isWhole(long size) {
        return size > 0 && size % INSTRUCTION == 0 && size <= (long) INSTRUCTION * MOST_INSTRUCTIONS;
    }
}
