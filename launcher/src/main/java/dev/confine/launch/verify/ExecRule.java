package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/**
 * What has been done when a program is executed: nothing of ours stays open, and in a container groups, ids and capabilities are the process's own. In a mount
 * namespace that was joined this is also asked of what is found there; but not of a program that was opened in the runtime's ({@link Origin#PROGRAM}).
 */
final class ExecRule implements Rule {
    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        if (syscall != Syscall.EXECVE && syscall != Syscall.EXECVEAT) {
            return;
        }
        if (!before.always(State.CLOSED)) {
            findings.add(site.index(), "a program is executed without close_range before");
        }
        if (!before.ever(State.INSIDE | State.FOREIGN_MOUNTS) || isOfRuntime(site, syscall, before)) {
            return;
        }
        if (!before.always(State.USER)) {
            findings.add(
                    site.index(),
                    "a program is executed in a container without setgroups, setresgid and setresuid in this order");
        }
        if (!before.always(State.CAPABILITIES)) {
            findings.add(site.index(), "a program is executed in a container without capset before");
        }
    }

    private static boolean isOfRuntime(Site site, Syscall syscall, State before) {
        return syscall == Syscall.EXECVEAT
                && site.isText(1, "")
                && site.is(4, Kernel.AT_EMPTY_PATH)
                && Origin.isProgram(site, 0, before);
    }
}
