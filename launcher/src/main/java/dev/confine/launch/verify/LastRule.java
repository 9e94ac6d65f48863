package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/**
 * no_new_privs and then the seccomp filter come last: after them only what leads to execve, or tells that it failed. The filter is known before the program
 * runs, so that no step can put another in its place.
 */
final class LastRule implements Rule {
    private static final int SOCK_FPROG = 16;
    private static final int INSTRUCTION = 8;

    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        boolean filtered = before.ever(State.FILTERED);
        if (filtered && syscall == Syscall.PRCTL && site.is(0, Kernel.PR_SET_NO_NEW_PRIVS)) {
            findings.add(site.index(), "no_new_privs is set after the seccomp filter");
        } else if (filtered && !mayFollowFilter(syscall, before)) {
            findings.add(site.index(), syscall.display() + " comes after the seccomp filter");
        } else if (before.ever(State.NO_NEW_PRIVILEGES) && !mayFollowPrivileges(syscall, before)) {
            findings.add(site.index(), syscall.display() + " comes after no_new_privs");
        }
        if (syscall == Syscall.SECCOMP) {
            filter(site, findings);
        }
    }

    /** What a filter of the container's may forbid does not come after it, but to say that something went wrong. */
    private static boolean mayFollowFilter(Syscall syscall, State before) {
        return switch (syscall) {
            case WAIT4 -> before.ever(State.SHARED_FILES);
            case SENDTO, SENDMSG, EXECVE, EXECVEAT, EXIT_GROUP -> true;
            default -> false;
        };
    }

    private static boolean mayFollowPrivileges(Syscall syscall, State before) {
        return switch (syscall) {
            case WAIT4 -> before.ever(State.SHARED_FILES);
            case PRCTL, SECCOMP, SETGROUPS, SETRESGID, SETRESUID, CAPSET, UMASK, PRLIMIT64 -> true;
            case CLOSE, CLOSE_RANGE, READ, WRITE, SENDTO, SENDMSG, RT_SIGPROCMASK -> true;
            case EXECVE, EXECVEAT, EXIT_GROUP -> true;
            default -> false;
        };
    }

    private static void filter(Site site, Findings findings) {
        if (!site.is(0, Kernel.SECCOMP_SET_MODE_FILTER) || !site.isConstant(1)) {
            findings.add(site.index(), "seccomp does something else than set a filter with constant flags");
        } else if (!site.isFixed(2, 0, SOCK_FPROG) || !isFixedFilter(site)) {
            findings.add(site.index(), "the seccomp filter is not constant");
        }
    }

    /** The instructions, which the struct points at. */
    private static boolean isFixedFilter(Site site) {
        long size = site.word(2, 0, 2) * INSTRUCTION;
        return size > 0 && site.pointsToFixed(2, 8, (int) size);
    }
}
