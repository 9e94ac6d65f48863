package dev.confine.launch.verify;

import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * Where paths are resolved. Beneath a directory's file descriptor only by openat2 with RESOLVE_IN_ROOT (or BENEATH) and NO_MAGICLINKS, or, for
 * calls that do not follow it, by a single name: what lies there may be an image's. From the root only by absolute paths, and after
 * pivot_root not at all, but to look for a program and to execute it. Mounts have a rule of their own, {@link MountRule}.
 */
final class PathRule implements Rule {
    /** What a call does with the last component of a path. */
    private enum Use {
        /** Opens it, following links. */
        OPEN,
        /** Makes, removes or reads the entry itself, never following it. */
        ENTRY,
        /** Changes what it leads to. */
        CHANGE,
        /** Looks at it, or executes it. */
        PROBE
    }

    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        switch (syscall) {
            case OPENAT -> path(site, before, 0, 1, site.has(2, Kernel.O_PATH) ? Use.OPEN : Use.CHANGE, findings);
            case OPENAT2 -> openat2(site, before, findings);
            case OPEN_TREE -> path(site, before, 0, 1, Use.OPEN, findings);
            case MKDIRAT, MKNODAT, UNLINKAT, READLINKAT -> path(site, before, 0, 1, Use.ENTRY, findings);
            case SYMLINKAT -> path(site, before, 1, 2, Use.ENTRY, findings);
            case RENAMEAT2 -> {
                path(site, before, 0, 1, Use.ENTRY, findings);
                path(site, before, 2, 3, Use.ENTRY, findings);
            }
            case LINKAT -> {
                path(site, before, 0, 1, site.mayHave(4, Kernel.AT_SYMLINK_FOLLOW) ? Use.CHANGE : Use.ENTRY, findings);
                path(site, before, 2, 3, Use.ENTRY, findings);
            }
            case FCHOWNAT -> path(site, before, 0, 1, following(site, 4), findings);
            case FCHMODAT -> path(site, before, 0, 1, Use.CHANGE, findings);
            case SETXATTR -> path(site, before, -1, 0, Use.CHANGE, findings);
            case CHDIR -> changeDirectory(site, findings);
            case STATX ->
                path(site, before, 0, 1, site.has(2, Kernel.AT_SYMLINK_NOFOLLOW) ? Use.ENTRY : Use.PROBE, findings);
            case FACCESSAT2, EXECVEAT -> path(site, before, 0, 1, Use.PROBE, findings);
            case STATFS, EXECVE -> path(site, before, -1, 0, Use.PROBE, findings);
            default -> {}
        }
    }

    private static Use following(Site site, int flags) {
        return site.has(flags, Kernel.AT_SYMLINK_NOFOLLOW) ? Use.ENTRY : Use.CHANGE;
    }

    /** {@code directory}: the number of its argument, or -1 where the call takes none. */
    private static void path(Site site, State before, int directory, int path, Use use, Findings findings) {
        boolean fromRoot = directory < 0 || site.is(directory, Kernel.AT_FDCWD);
        String reason = fromRoot ? fromRoot(site, before, path, use) : beneath(site, before, path, use);
        if (reason != null) {
            findings.add(site.index(), reason);
        }
    }

    private static @Nullable String beneath(Site site, State before, int path, Use use) {
        if (use == Use.ENTRY && site.arg(path) instanceof Register register && before.isName(register.index())) {
            return null;
        }
        String text = site.text(path);
        if (text == null || !site.isFixed(path)) {
            return "a path beneath a directory is computed";
        }
        if (text.isEmpty() || (use == Use.ENTRY && isName(text))) {
            return null;
        }
        return "\"" + text
                + "\" is resolved beneath a directory without openat2, so links in an image can lead it elsewhere";
    }

    private static @Nullable String fromRoot(Site site, State before, int path, Use use) {
        String text = site.text(path);
        if (before.ever(State.INSIDE)) {
            return use == Use.PROBE ? null : "a path of the host's is used after the root was changed";
        }
        if (text == null) {
            return "a path is computed";
        }
        if (!text.startsWith("/")) {
            return "\"" + text + "\" is relative to wherever the caller is";
        }
        if (before.ever(State.FOREIGN_MOUNTS) && (use == Use.CHANGE || use == Use.ENTRY)) {
            return "\"" + text + "\" is resolved in a mount namespace that somebody else made";
        }
        return null;
    }

    /** One component that names an entry of the directory itself. */
    static boolean isName(String text) {
        return text.indexOf('/') < 0 && !text.equals(".") && !text.equals("..");
    }

    private static void openat2(Site site, State before, Findings findings) {
        if (!site.isFixed(2, 0, 24)) {
            findings.add(site.index(), "the open_how of openat2 is not constant");
            return;
        }
        long resolve = site.word(2, 16, 8);
        boolean bounded = (resolve & (Kernel.RESOLVE_IN_ROOT | Kernel.RESOLVE_BENEATH)) != 0;
        if (bounded && (resolve & Kernel.RESOLVE_NO_MAGICLINKS) != 0) {
            return;
        }
        if (site.is(0, Kernel.AT_FDCWD)) {
            boolean opensOnly = (site.word(2, 0, 8) & Kernel.O_PATH) != 0;
            path(site, before, 0, 1, opensOnly ? Use.OPEN : Use.CHANGE, findings);
        } else {
            findings.add(
                    site.index(),
                    "openat2 resolves beneath a directory without RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS");
        }
    }

    /** Only to the root itself: every other directory is opened in the root and entered by fchdir. */
    private static void changeDirectory(Site site, Findings findings) {
        if (!site.isText(0, "/")) {
            findings.add(site.index(), "a directory is entered by a path; open it with openat2 and use fchdir");
        }
    }
}
