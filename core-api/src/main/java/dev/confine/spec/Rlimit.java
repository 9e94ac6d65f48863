package dev.confine.spec;

/**
 * A resource limit, {@code config.md#posix-process}, setrlimit(2). Both values are unsigned 64 bits: {@link #INFINITY} is -1.
 *
 * @param type which
 * @param soft what the kernel enforces
 * @param hard the ceiling of the soft one
 */
public record Rlimit(Type type, long soft, long hard) {
    /** RLIM_INFINITY, 18446744073709551615 in the file. */
    public static final long INFINITY = -1;

    /** The resources in the order of their numbers on x86_64 and aarch64. */
    public enum Type {
        RLIMIT_CPU,
        RLIMIT_FSIZE,
        RLIMIT_DATA,
        RLIMIT_STACK,
        RLIMIT_CORE,
        RLIMIT_RSS,
        RLIMIT_NPROC,
        RLIMIT_NOFILE,
        RLIMIT_MEMLOCK,
        RLIMIT_AS,
        RLIMIT_LOCKS,
        RLIMIT_SIGPENDING,
        RLIMIT_MSGQUEUE,
        RLIMIT_NICE,
        RLIMIT_RTPRIO,
        RLIMIT_RTTIME;

        /** The number of setrlimit(2). */
        @SuppressWarnings("EnumOrdinal") // the order is the kernel's
        public int number() {
            return ordinal();
        }
    }
}
