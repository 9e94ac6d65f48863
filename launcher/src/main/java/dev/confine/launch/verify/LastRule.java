package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/** no_new_privs and then the seccomp filter come last: after them only what leads to execve, or tells that it failed. */
final class LastRule implements Rule {
    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        boolean filtered = before.ever(State.FILTERED);
        if (filtered && syscall == Syscall.PRCTL && site.is(0, Kernel.PR_SET_NO_NEW_PRIVS)) {
            findings.add(site.index(), "no_new_privs is set after the seccomp filter");
        }
        if ((filtered || before.ever(State.NO_NEW_PRIVILEGES)) && !mayFollow(syscall)) {
            findings.add(
                    site.index(),
                    syscall.display() + " comes after " + (filtered ? "the seccomp filter" : "no_new_privs"));
        }
    }

    private static boolean mayFollow(Syscall syscall) {
        return switch (syscall) {
            case PRCTL, SECCOMP, SETGROUPS, SETRESGID, SETRESUID, CAPSET, UMASK, PRLIMIT64 -> true;
            case CLOSE, CLOSE_RANGE, READ, WRITE, SENDTO, SENDMSG, RT_SIGPROCMASK -> true;
            case EXECVE, EXECVEAT, EXIT_GROUP -> true;
            default -> false;
        };
    }
}
