package dev.confine.runtime.access;

import dev.confine.idmap.IdMaps;
import dev.confine.spec.Capability;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, credentials(7). All ids are those of the user namespace that looks, the host's: owners are compared there.
 *
 * @param uid of the file system, {@code fsuid}
 * @param gid of the file system, {@code fsgid}
 * @param groups supplementary ones
 * @param capabilities the effective ones in its user namespace, bit n for capability n
 * @param maps of its user namespace, through all between it and the one that looks; null where that is its own
 */
public record Credentials(
        long uid,
        long gid,
        List<Long> groups,
        long capabilities,
        @Nullable IdMaps maps) {
    public Credentials {
        groups = List.copyOf(groups);
    }

    public boolean has(Capability capability) {
        return (capabilities & (1L << capability.number())) != 0;
    }

    boolean isIn(long group) {
        return group != Inode.UNKNOWN && (gid == group || groups.contains(group));
    }

    /** The id inside of one outside. */
    public OptionalLong uidInside(long outside) {
        return inside(outside, true);
    }

    /** The id inside of one outside. */
    public OptionalLong gidInside(long outside) {
        return inside(outside, false);
    }

    private OptionalLong inside(long outside, boolean user) {
        if (outside == Inode.UNKNOWN) {
            return OptionalLong.empty();
        }
        if (maps == null) {
            return OptionalLong.of(outside);
        }
        return (user ? maps.uids() : maps.gids()).toInside(outside);
    }

    /** Whether capabilities count for this inode: both its ids must be mapped, capabilities(7), {@code privileged_wrt_inode_uidgid}. */
    public boolean reaches(Inode inode) {
        return uidInside(inode.uid()).isPresent() && gidInside(inode.gid()).isPresent();
    }

    /** The same with further capabilities. */
    Credentials with(Capability capability) {
        return new Credentials(uid, gid, groups, capabilities | (1L << capability.number()), maps);
    }
}
