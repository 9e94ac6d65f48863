package dev.confine.spi;

import java.util.List;
import java.util.Map;

/** Callers for tests. */
public final class Callers {
    private static final long ALL_CAPABILITIES = (1L << 41) - 1;

    private Callers() {}

    /** Root with every capability. */
    public static Caller root() {
        return caller(0, 0, ALL_CAPABILITIES);
    }

    /** Root with these capabilities alone, bit n for capability n. */
    public static Caller root(long capabilities) {
        return caller(0, 0, capabilities);
    }

    /** An ordinary user, with a group of the same number. */
    public static Caller ordinary(long uid) {
        return caller(uid, uid, 0);
    }

    /** An ordinary user with another group. */
    public static Caller ordinary(long uid, long gid) {
        return caller(uid, gid, 0);
    }

    private static Caller caller(long uid, long gid, long capabilities) {
        return new Caller(
                ProcessHandle.current().pid(),
                uid,
                gid,
                List.of(gid),
                022,
                capabilities,
                0,
                "/",
                List.of(),
                Map.of("PATH", "/usr/bin:/bin"));
    }
}
