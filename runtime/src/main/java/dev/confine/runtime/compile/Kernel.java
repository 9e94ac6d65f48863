package dev.confine.runtime.compile;

/** Constants of the kernel's interface, by the names its headers give them. The same on x86_64 and aarch64. */
final class Kernel {
    // fcntl.h
    static final long AT_FDCWD = -100;
    static final long AT_SYMLINK_NOFOLLOW = 0x100;
    static final long AT_EACCESS = 0x200;
    static final long X_OK = 1;
    static final long AT_REMOVEDIR = 0x200;
    static final long AT_EMPTY_PATH = 0x1000;
    static final long AT_RECURSIVE = 0x8000;
    static final long F_GETFD = 1;
    static final long F_SETFD = 2;
    static final long F_DUPFD_CLOEXEC = 1030;
    static final long O_WRONLY = 1;
    static final long O_RDWR = 2;
    static final long O_CREAT = 0x40;
    static final long O_EXCL = 0x80;
    static final long O_NOCTTY = 0x100;
    static final long O_APPEND = 0x400;
    static final long O_NONBLOCK = 0x800;
    static final long O_CLOEXEC = 0x80000;
    static final long O_DIRECTORY = 0x10000;
    static final long O_NOFOLLOW = 0x20000;
    static final long O_PATH = 0x200000;

    // openat2(2)
    static final long RESOLVE_NO_MAGICLINKS = 2;
    static final long RESOLVE_NO_SYMLINKS = 4;
    static final long RESOLVE_BENEATH = 8;
    static final long RESOLVE_IN_ROOT = 0x10;
    static final long RESOLVE_NO_XDEV = 1;

    // stat.h
    static final long PROC_SUPER_MAGIC = 0x9fa0;
    static final int S_IFDIR = 0x4000;
    static final int S_IFIFO = 0x1000;
    static final int S_IFCHR = 0x2000;
    static final int S_IFBLK = 0x6000;
    static final int S_IFLNK = 0xa000;
    static final int S_IFREG = 0x8000;
    static final long STATX_BASIC_STATS = 0x7ff;

    // mount.h
    static final long MS_REC = 1 << 14;
    static final long MS_UNBINDABLE = 1 << 17;
    static final long MS_PRIVATE = 1 << 18;
    static final long MS_SLAVE = 1 << 19;
    static final long MS_SHARED = 1 << 20;
    static final long MNT_DETACH = 2;
    static final long OPEN_TREE_CLONE = 1;
    static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
    static final long MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    static final long FSOPEN_CLOEXEC = 1;
    static final long FSPICK_CLOEXEC = 1;
    static final long FSPICK_EMPTY_PATH = 8;
    static final long FSMOUNT_CLOEXEC = 1;
    static final long FSCONFIG_SET_FLAG = 0;
    static final long FSCONFIG_SET_STRING = 1;
    static final long FSCONFIG_CMD_CREATE = 6;
    static final long FSCONFIG_CMD_RECONFIGURE = 7;
    static final long MOUNT_ATTR_RDONLY = 1;
    static final long MOUNT_ATTR_NOSUID = 2;
    static final long MOUNT_ATTR_NODEV = 4;
    static final long MOUNT_ATTR_NOEXEC = 8;
    static final long MOUNT_ATTR_ATIME = 0x70;
    static final long MOUNT_ATTR_NOATIME = 0x10;
    static final long MOUNT_ATTR_STRICTATIME = 0x20;
    static final long MOUNT_ATTR_NODIRATIME = 0x80;
    static final long MOUNT_ATTR_IDMAP = 0x100000;
    static final long MOUNT_ATTR_NOSYMFOLLOW = 0x200000;

    // sched.h
    static final long CLONE_NEWTIME = 0x80;
    static final long CLONE_FILES = 0x400;
    static final long CLONE_PARENT = 0x8000;
    static final long CLONE_NEWNS = 0x20000;
    static final long CLONE_NEWCGROUP = 0x2000000;
    static final long CLONE_NEWUTS = 0x4000000;
    static final long CLONE_NEWIPC = 0x8000000;
    static final long CLONE_NEWUSER = 0x10000000;
    static final long CLONE_NEWPID = 0x20000000;
    static final long CLONE_NEWNET = 0x40000000;
    static final long CLONE_INTO_CGROUP = 0x200000000L;
    static final int CLONE_ARGS_SIZE = 88;
    static final long NS_GET_NSTYPE = 0xb703;

    // signal.h
    static final long SIG_BLOCK = 0;
    static final long SIG_SETMASK = 2;
    static final int SIGKILL = 9;
    static final int SIGPIPE = 13;
    static final int SIGCHLD = 17;
    static final int SIGCONT = 18;
    static final int SIGTTIN = 21;
    static final int SIGTTOU = 22;
    static final int SIGWINCH = 28;
    static final long SFD_CLOEXEC = 0x80000;
    /** HUP, INT, QUIT and TERM: they ask a process to end. */
    static final long ENDINGS = 1 | 1 << 1 | 1 << 2 | 1 << 14;

    static final long P_ALL = 0;
    static final long P_PIDFD = 3;
    static final long WALL = 0x40000000;
    static final long WNOHANG = 1;
    static final long WEXITED = 4;
    static final int CLD_EXITED = 1;
    static final long PIDFD_SIGNAL_PROCESS_GROUP = 4;

    // memfd_create(2), poll.h
    static final long MFD_CLOEXEC = 1;
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int POLLHUP = 16;

    // socket.h
    static final long AF_UNIX = 1;
    static final long AF_NETLINK = 16;
    static final long NETLINK_ROUTE = 0;
    static final long SOCK_RAW = 3;
    static final long SOCK_STREAM = 1;
    static final long SOCK_SEQPACKET = 5;
    static final long SOCK_CLOEXEC = 0x80000;
    static final long SOL_SOCKET = 1;
    static final long SCM_RIGHTS = 1;
    static final long MSG_WAITALL = 0x100;
    static final long MSG_NOSIGNAL = 0x4000;
    static final long MSG_CMSG_CLOEXEC = 0x40000000;

    // fcntl(2)
    static final long F_SETFL = 4;

    // ioctl_tty(2)
    static final long TCGETS = 0x5401;
    static final long TCSETS = 0x5402;
    static final long TCSBRK = 0x5409;
    static final long TIOCSCTTY = 0x540e;
    static final long TIOCGPGRP = 0x540f;
    static final long TIOCGWINSZ = 0x5413;
    static final long TIOCSWINSZ = 0x5414;
    static final long TIOCGPTPEER = 0x5441;
    static final long TIOCSPTLCK = 0x40045431;
    static final int DEVPTS_SUPER_MAGIC = 0x1cd1;

    // prctl.h
    static final long PR_SET_PDEATHSIG = 1;
    static final long PR_SET_DUMPABLE = 4;
    static final long PR_SET_KEEPCAPS = 8;
    static final long PR_CAPBSET_DROP = 24;
    static final long PR_SET_NO_NEW_PRIVS = 38;
    static final long PR_CAP_AMBIENT = 47;
    static final long PR_CAP_AMBIENT_RAISE = 2;
    static final long PR_CAP_AMBIENT_CLEAR_ALL = 4;
    static final long LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    static final long CLOSE_RANGE_CLOEXEC = 4;

    static final long SECCOMP_SET_MODE_FILTER = 1;
    static final long SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
    static final long SECCOMP_FILTER_FLAG_TSYNC_ESRCH = 0x10;

    static final int RLIMIT_NOFILE = 7;

    private Kernel() {}
}
