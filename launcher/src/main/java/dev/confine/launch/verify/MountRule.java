package dev.confine.launch.verify;

import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * Mounts go by file descriptor, because a path can be changed between two looks at it. The root directory itself is the exception: it
 * cannot be anything else. So is {@code /proc/self/fd/N} for mount(2), which some file systems' options need.
 */
final class MountRule implements Rule {
    private static final String FD = "/proc/self/fd/";
    private static final String RELATIVE_FD = "self/fd/";

    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        String reason = reason(syscall, site);
        if (reason != null) {
            findings.add(site.index(), reason);
        }
        if (changesRoot(syscall, site) && !before.always(State.OTHER_MOUNTS)) {
            findings.add(site.index(), "the root of the caller's own mount namespace is changed");
        }
        if (isMount(syscall) && before.ever(State.CAPSET)) {
            findings.add(site.index(), "a mount is made or changed after capabilities were set");
        }
    }

    private static @Nullable String reason(Syscall syscall, Site site) {
        return switch (syscall) {
            case MOVE_MOUNT ->
                !site.isText(1, "")
                        ? "a mount is moved from a path"
                        : byFdOrRoot(site, 2, 3) ? null : "a mount is attached at a path";
            case MOUNT_SETATTR -> byFdOrRoot(site, 0, 1) ? null : "a mount is changed at a path";
            case FSPICK -> site.isText(1, "") ? null : "a file system is picked at a path";
            case MOUNT -> mount(site);
            case UMOUNT2 -> unmount(site);
            case PIVOT_ROOT ->
                site.isText(0, ".") && site.isText(1, ".")
                        ? null
                        : "the root is changed to a path; enter it and use pivot_root(\".\", \".\")";
            case CHROOT -> site.isText(0, ".") ? null : "the root is changed to a path; enter it and use chroot(\".\")";
            default -> null;
        };
    }

    private static boolean byFdOrRoot(Site site, int directory, int path) {
        return site.is(directory, Kernel.AT_FDCWD) ? site.isText(path, "/") : site.isText(path, "");
    }

    /** The path beneath a /proc that was entered is the one name of what is open. */
    private static @Nullable String unmount(Site site) {
        boolean known = site.isText(0, ".") || RELATIVE_FD.equals(site.text(0));
        return known && site.has(1, Kernel.MNT_DETACH)
                ? null
                : "only the old root is unmounted, as \".\", or what is open, as \"" + RELATIVE_FD
                        + "N\", with MNT_DETACH";
    }

    private static @Nullable String mount(Site site) {
        String target = site.text(1);
        if (target != null && target.startsWith(FD) && target.indexOf('/', FD.length()) < 0) {
            return null;
        }
        boolean propagation = site.has(3, 0) && !site.mayHave(3, ~(Kernel.MS_REC | Kernel.MS_PROPAGATION));
        return propagation && site.isText(1, "/") ? null : "mount(2) is used on a path";
    }

    /** Whether a call reaches what is mounted at the root of the process's mount namespace, or takes something from that namespace. */
    private static boolean changesRoot(Syscall syscall, Site site) {
        return switch (syscall) {
            case MOVE_MOUNT -> site.is(2, Kernel.AT_FDCWD);
            case MOUNT_SETATTR -> site.is(0, Kernel.AT_FDCWD);
            case MOUNT -> site.isText(1, "/");
            case UMOUNT2, PIVOT_ROOT -> true;
            default -> false;
        };
    }

    static boolean isMount(Syscall syscall) {
        return switch (syscall) {
            case MOUNT,
                    UMOUNT2,
                    PIVOT_ROOT,
                    CHROOT,
                    OPEN_TREE,
                    MOVE_MOUNT,
                    FSOPEN,
                    FSCONFIG,
                    FSMOUNT,
                    FSPICK,
                    MOUNT_SETATTR -> true;
            default -> false;
        };
    }
}
