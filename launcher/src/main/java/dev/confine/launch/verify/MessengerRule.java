package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/**
 * A process that shares its maker's file descriptors carries one of them away and ends: it makes, closes and executes nothing. Its maker executes no program
 * before it has waited for that end, because the messenger has no filter and is no part of the container.
 */
final class MessengerRule implements Rule {
    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        if (before.ever(State.MESSENGER)) {
            if (!mayDo(site, syscall)) {
                findings.add(site.index(), syscall.display() + " in a process that shares its maker's files");
            }
        } else if (before.ever(State.SHARED_FILES) && executes(syscall) && !before.always(State.REAPED)) {
            findings.add(site.index(), "a program is executed while a process may share its files");
        }
    }

    private static boolean executes(Syscall syscall) {
        return syscall == Syscall.EXECVE || syscall == Syscall.EXECVEAT;
    }

    private static boolean mayDo(Site site, Syscall syscall) {
        return switch (syscall) {
            case PRCTL, NANOSLEEP, SENDMSG, SENDTO, EXIT_GROUP -> true;
            case FCNTL -> site.is(1, Kernel.F_GETFD);
            default -> false;
        };
    }
}
