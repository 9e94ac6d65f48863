package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a process is, in ids of the container's user namespace: numbers only, never names. Ids are unsigned 32 bits.
 *
 * @param uid user id
 * @param gid primary group id
 * @param umask permission bits to take away (0 to 0777), null to leave it alone
 * @param additionalGids supplementary groups
 */
public record User(long uid, long gid, @Nullable Integer umask, List<Long> additionalGids) {
    /** What is meant when a configuration gives no user. */
    public static final User ROOT = new User(0, 0);

    public User {
        additionalGids = List.copyOf(additionalGids);
    }

    public User(long uid, long gid) {
        this(uid, gid, null, List.of());
    }
}
