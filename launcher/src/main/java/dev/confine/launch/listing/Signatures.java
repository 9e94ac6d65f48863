package dev.confine.launch.listing;

import static dev.confine.launch.listing.Argument.ATTRIBUTES;
import static dev.confine.launch.listing.Argument.CLONE;
import static dev.confine.launch.listing.Argument.DIRECTORY;
import static dev.confine.launch.listing.Argument.HOW;
import static dev.confine.launch.listing.Argument.LIMIT;
import static dev.confine.launch.listing.Argument.MODE;
import static dev.confine.launch.listing.Argument.NODE;
import static dev.confine.launch.listing.Argument.PLAIN;
import static dev.confine.launch.listing.Argument.POINTER;
import static dev.confine.launch.listing.Argument.SOCKET_PATH;
import static dev.confine.launch.listing.Argument.TEXT;
import static dev.confine.launch.listing.Argument.TEXTS;
import static dev.confine.launch.listing.Argument.named;

import dev.confine.launch.Syscall;
import java.util.EnumMap;
import java.util.Map;

/** How the arguments of each system call are shown; those that are not here are plain. */
final class Signatures {
    private static final Map<Syscall, Argument[]> ALL = new EnumMap<>(Syscall.class);

    static {
        put(Syscall.OPENAT, DIRECTORY, TEXT, named(Names.OPEN), MODE);
        put(Syscall.OPENAT2, DIRECTORY, TEXT, HOW);
        put(Syscall.MKDIRAT, DIRECTORY, TEXT, MODE);
        put(Syscall.MKNODAT, DIRECTORY, TEXT, NODE);
        put(Syscall.SYMLINKAT, TEXT, DIRECTORY, TEXT);
        put(Syscall.LINKAT, DIRECTORY, TEXT, DIRECTORY, TEXT, named(Names.AT));
        put(Syscall.UNLINKAT, DIRECTORY, TEXT, named(Names.AT));
        put(Syscall.RENAMEAT2, DIRECTORY, TEXT, DIRECTORY, TEXT);
        put(Syscall.READLINKAT, DIRECTORY, TEXT);
        put(Syscall.FACCESSAT2, DIRECTORY, TEXT, MODE, named(Names.ACCESS));
        put(Syscall.FCHMODAT, DIRECTORY, TEXT, MODE);
        put(Syscall.FCHMOD, PLAIN, MODE);
        put(Syscall.FCHOWNAT, DIRECTORY, TEXT, PLAIN, PLAIN, named(Names.AT));
        put(Syscall.STATX, DIRECTORY, TEXT, named(Names.AT), named(Names.STATX));
        put(Syscall.STATFS, TEXT);
        put(Syscall.SETXATTR, TEXT, TEXT);
        put(Syscall.FSETXATTR, PLAIN, TEXT);
        put(Syscall.CHDIR, TEXT);
        put(Syscall.CHROOT, TEXT);
        put(Syscall.PIVOT_ROOT, TEXT, TEXT);
        put(Syscall.UMOUNT2, TEXT, named(Names.UMOUNT));
        put(Syscall.MOUNT, TEXT, TEXT, TEXT, named(Names.MOUNT), TEXT);
        put(Syscall.OPEN_TREE, DIRECTORY, TEXT, named(Names.OPEN_TREE));
        put(Syscall.MOVE_MOUNT, DIRECTORY, TEXT, DIRECTORY, TEXT, named(Names.MOVE_MOUNT));
        put(Syscall.FSOPEN, TEXT, named(Names.FSOPEN));
        put(Syscall.FSPICK, DIRECTORY, TEXT, named(Names.FSPICK));
        put(Syscall.FSCONFIG, PLAIN, named(Names.FSCONFIG), TEXT, TEXT);
        put(Syscall.FSMOUNT, PLAIN, named(Names.FSMOUNT), named(Names.MOUNT_ATTR));
        put(Syscall.MOUNT_SETATTR, DIRECTORY, TEXT, named(Names.AT), ATTRIBUTES);
        put(Syscall.CLONE3, CLONE);
        put(Syscall.UNSHARE, named(Names.CLONE));
        put(Syscall.SETNS, PLAIN, named(Names.CLONE));
        put(Syscall.EXECVE, TEXT, TEXTS, TEXTS);
        put(Syscall.EXECVEAT, DIRECTORY, TEXT, TEXTS, TEXTS, named(Names.AT));
        put(Syscall.PRCTL, named(Names.PRCTL));
        put(Syscall.UMASK, MODE);
        put(Syscall.SETHOSTNAME, TEXT);
        put(Syscall.SETDOMAINNAME, TEXT);
        put(Syscall.PRLIMIT64, PLAIN, named(Names.LIMIT), LIMIT, POINTER);
        put(Syscall.SECCOMP, named(Names.SECCOMP));
        put(Syscall.SOCKET, named(Names.SOCKET_FAMILY), named(Names.SOCKET_TYPE));
        put(Syscall.SOCKETPAIR, named(Names.SOCKET_FAMILY), named(Names.SOCKET_TYPE));
        put(Syscall.BIND, PLAIN, SOCKET_PATH);
        put(Syscall.CONNECT, PLAIN, SOCKET_PATH);
        put(Syscall.ACCEPT4, PLAIN, POINTER, POINTER, named(Names.SOCKET_TYPE));
        put(Syscall.SENDTO, PLAIN, PLAIN, PLAIN, named(Names.MESSAGE), POINTER, PLAIN);
        put(Syscall.SENDMSG, PLAIN, PLAIN, named(Names.MESSAGE));
        put(Syscall.RECVMSG, PLAIN, PLAIN, named(Names.MESSAGE));
        put(Syscall.PIPE2, PLAIN, named(Names.OPEN));
        put(Syscall.DUP3, PLAIN, PLAIN, named(Names.OPEN));
        put(Syscall.SIGNALFD4, PLAIN, PLAIN, PLAIN, named(Names.OPEN));
        put(Syscall.CLOSE_RANGE, PLAIN, PLAIN, named(Names.CLOSE_RANGE));
        put(Syscall.WAIT4, PLAIN, POINTER, named(Names.WAIT), POINTER);
        put(Syscall.WAITID, named(Names.WAIT_FOR), PLAIN, POINTER, named(Names.WAIT), POINTER);
        put(Syscall.KILL, PLAIN, named(Names.SIGNAL));
        put(Syscall.PIDFD_SEND_SIGNAL, PLAIN, named(Names.SIGNAL), POINTER);
        put(Syscall.RT_SIGPROCMASK, named(Names.MASK), POINTER, POINTER);
        put(Syscall.PPOLL, PLAIN, PLAIN, POINTER, POINTER);
        put(Syscall.IOCTL, PLAIN, named(Names.IOCTL));
        put(Syscall.FLOCK, PLAIN, named(Names.LOCK));
    }

    private static final Argument CAPABILITY = named(Names.CAPABILITY);
    private static final Argument AMBIENT = named(Names.AMBIENT);

    private Signatures() {}

    private static void put(Syscall syscall, Argument... arguments) {
        ALL.put(syscall, arguments);
    }

    static Argument of(Syscall syscall, int argument) {
        Argument[] arguments = ALL.get(syscall);
        return arguments != null && argument < arguments.length ? arguments[argument] : PLAIN;
    }

    /** The arguments of prctl(2) depend on the first. */
    static Argument ofControl(long operation, int argument) {
        if (argument == 0) {
            return of(Syscall.PRCTL, 0);
        }
        if (operation == 24 && argument == 1) {
            return CAPABILITY;
        }
        if (operation == 47) {
            return argument == 1 ? AMBIENT : argument == 2 ? CAPABILITY : PLAIN;
        }
        return PLAIN;
    }
}
