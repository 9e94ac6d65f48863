package dev.confine.runtime.access;

import dev.confine.runtime.access.Matched.Kind;
import dev.confine.spec.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's decision about one file, as {@code inode_permission} and faccessat2(2) make it: credentials(7), capabilities(7), acl(5), mount(2). Pure.
 * What a file system or a security module decides for itself is not in it.
 */
public final class Rules {
    private Rules() {}

    /** Search of a directory on the way. */
    public static Decision search(Credentials who, Inode directory) {
        return permissions(who, directory, Permission.EXECUTE);
    }

    /** The last component, in the order of faccessat2(2). */
    public static Decision access(Credentials who, Inode inode, MountFacts mount, int wanted) {
        boolean writes = (wanted & Permission.WRITE) != 0;
        if ((wanted & Permission.EXECUTE) != 0 && inode.type() == Inode.Type.REGULAR && mount.executesNothing()) {
            return Decision.of(Reason.NOEXEC, wanted);
        }
        if (writes && mount.sealed() && inode.type().isStored()) {
            return Decision.of(Reason.READ_ONLY_FILE_SYSTEM, wanted);
        }
        if (writes && inode.immutable()) {
            return Decision.of(Reason.IMMUTABLE, wanted);
        }
        if (writes && (inode.uid() == Inode.UNKNOWN || inode.gid() == Inode.UNKNOWN)) {
            return Decision.of(Reason.NO_OWNER, wanted);
        }
        Decision permissions = permissions(who, inode, wanted);
        if (permissions.allows() && writes && mount.readOnly() && inode.type().isStored()) {
            return new Decision(Reason.READ_ONLY_MOUNT, wanted, permissions.matched(), null, false, false);
        }
        return permissions;
    }

    /** {@code generic_permission}: the mode or the access control list, and then capabilities. */
    static Decision permissions(Credentials who, Inode inode, int wanted) {
        Matched matched = match(who, inode, wanted);
        if ((wanted & ~matched.permissions()) == 0) {
            return new Decision(Reason.ALLOWED, wanted, matched, null, false, false);
        }
        boolean counts = who.reaches(inode);
        Capability least = overriding(inode, wanted, false);
        Capability most = overriding(inode, wanted, true);
        boolean held = has(who, least) || has(who, most);
        Capability named = least == null || (!has(who, least) && has(who, most)) ? most : least;
        Reason reason = held && counts ? Reason.CAPABLE : Reason.PERMISSIONS;
        return new Decision(reason, wanted, matched, named, held, counts);
    }

    private static boolean has(Credentials who, @Nullable Capability capability) {
        return capability != null && who.has(capability);
    }

    /** The capability that overrides the permissions; null where none does: nothing executes a file that has no x at all. */
    private static @Nullable Capability overriding(Inode inode, int wanted, boolean strong) {
        if (!strong) {
            boolean reads =
                    inode.type() == Inode.Type.DIRECTORY ? (wanted & Permission.WRITE) == 0 : wanted == Permission.READ;
            return reads ? Capability.CAP_DAC_READ_SEARCH : null;
        }
        boolean executes = inode.type() != Inode.Type.DIRECTORY && (wanted & Permission.EXECUTE) != 0;
        return executes && !inode.hasAnyExecute() ? null : Capability.CAP_DAC_OVERRIDE;
    }

    /** {@code acl_permission_check}. The group bits of a mode with a list are its mask: without any of them the list is not looked at. */
    static Matched match(Credentials who, Inode inode, int wanted) {
        if (inode.uid() != Inode.UNKNOWN && inode.uid() == who.uid()) {
            return new Matched(Kind.OWNER, inode.uid(), inode.bits(0), 0);
        }
        Acl acl = inode.acl();
        if (acl != null && inode.bits(1) != 0) {
            return listed(who, inode, acl, wanted);
        }
        if (who.isIn(inode.gid())) {
            return new Matched(Kind.GROUP, inode.gid(), inode.bits(1), 0);
        }
        return new Matched(Kind.OTHER, Inode.UNKNOWN, inode.bits(2), 0);
    }

    /** {@code posix_acl_permission}: the first user that fits; of the groups that fit the first that gives all; others only where none fits. */
    private static Matched listed(Credentials who, Inode inode, Acl acl, int wanted) {
        int mask = acl.mask();
        Matched group = null;
        for (Acl.Entry entry : acl.entries()) {
            boolean user = entry.tag() == Acl.Tag.USER && entry.id() != Inode.UNKNOWN && entry.id() == who.uid();
            if (user) {
                return masked(Kind.ACL_USER, entry.id(), entry, mask);
            }
            boolean own = entry.tag() == Acl.Tag.GROUP_OBJ && who.isIn(inode.gid());
            if (own || (entry.tag() == Acl.Tag.GROUP && who.isIn(entry.id()))) {
                Matched found = masked(own ? Kind.GROUP : Kind.ACL_GROUP, own ? inode.gid() : entry.id(), entry, mask);
                if ((wanted & ~entry.permissions()) == 0) {
                    return found;
                }
                group = group == null ? found : group;
            }
            if (entry.tag() == Acl.Tag.OTHER && group == null) {
                return new Matched(Kind.OTHER, Inode.UNKNOWN, entry.permissions(), 0);
            }
        }
        return group == null ? new Matched(Kind.OTHER, Inode.UNKNOWN, 0, 0) : group;
    }

    private static Matched masked(Kind kind, long id, Acl.Entry entry, int mask) {
        return new Matched(kind, id, entry.permissions() & mask, entry.permissions() & ~mask);
    }
}
