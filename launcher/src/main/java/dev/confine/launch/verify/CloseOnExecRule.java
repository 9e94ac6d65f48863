package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/**
 * Every file descriptor is close-on-exec from the moment it exists; only fds 0 to 2 are made to be kept, by dup3. A process on its way to a program of the host's, in
 * no container, also makes others to be kept, each at a number that is a constant; so does one that executes a program of the runtime's in a mount namespace that was
 * joined, with that program. From there on it only does more of that, and executes the program, or says that it cannot.
 */
final class CloseOnExecRule implements Rule {
    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        if (!keeps(syscall, site) && !mayHandOn(syscall, site, before)) {
            findings.add(site.index(), "the file descriptor is not close-on-exec");
        }
        if (before.ever(State.HANDS_ON) && !leadsToProgram(syscall)) {
            findings.add(site.index(), syscall.display() + " while a file descriptor is open for another program");
        }
    }

    private static boolean mayHandOn(Syscall syscall, Site site, State before) {
        return syscall == Syscall.DUP3
                ? handsOn(syscall, site) && isOutside(before)
                : handsOn(syscall, site) && Origin.isProgram(site, 0, before);
    }

    /** Whether it leaves one open above 2 for the program that is executed. */
    static boolean handsOn(Syscall syscall, Site site) {
        if (syscall == Syscall.FCNTL) {
            return site.is(1, Kernel.F_SETFD) && site.is(2, 0);
        }
        boolean stdio = site.is(1, 0) || site.is(1, 1) || site.is(1, 2);
        return syscall == Syscall.DUP3 && site.isConstant(1) && !stdio && !site.has(2, Kernel.O_CLOEXEC);
    }

    private static boolean isOutside(State before) {
        return !before.ever(State.INSIDE | State.FOREIGN_MOUNTS | State.NEW_USER_NAMESPACE);
    }

    private static boolean leadsToProgram(Syscall syscall) {
        return switch (syscall) {
            case DUP3, CLOSE, CLOSE_RANGE, EXECVE, EXECVEAT, SENDTO, EXIT_GROUP -> true;
            default -> false;
        };
    }

    private static boolean keeps(Syscall syscall, Site site) {
        return switch (syscall) {
            case OPENAT, OPEN_TREE -> site.has(2, Kernel.O_CLOEXEC);
            case OPENAT2 -> site.isFixed(2, 0, 8) && (site.word(2, 0, 8) & Kernel.O_CLOEXEC) != 0;
            case FSOPEN, FSMOUNT -> site.has(1, Kernel.FS_CLOEXEC);
            case FSPICK -> site.has(2, Kernel.FS_CLOEXEC);
            case SOCKET, SOCKETPAIR, PIPE2, EVENTFD2, TIMERFD_CREATE -> site.has(1, Kernel.O_CLOEXEC);
            case EPOLL_CREATE1 -> site.has(0, Kernel.O_CLOEXEC);
            case ACCEPT4, SIGNALFD4 -> site.has(3, Kernel.O_CLOEXEC);
            case MEMFD_CREATE -> site.has(1, Kernel.MFD_CLOEXEC);
            case DUP3 -> site.has(2, Kernel.O_CLOEXEC) || site.is(1, 0) || site.is(1, 1) || site.is(1, 2);
            case RECVMSG -> site.has(2, Kernel.MSG_CMSG_CLOEXEC);
            case FCNTL -> control(site);
            case IOCTL -> site.isConstant(1) && (!site.is(1, Kernel.TIOCGPTPEER) || site.has(2, Kernel.O_CLOEXEC));
            // pidfds, the fds of seccomp and bpf(2), and those of namespaces' ioctls always are
            default -> true;
        };
    }

    private static boolean control(Site site) {
        if (!site.isConstant(1) || site.is(1, Kernel.F_DUPFD)) {
            return false;
        }
        return !site.is(1, Kernel.F_SETFD) || site.has(2, Kernel.FD_CLOEXEC);
    }
}
