package dev.confine.launch.verify;

/** Constants of the kernel's interface that rules look for, by the names its headers give them. The same on x86_64 and aarch64. */
final class Kernel {
    static final long AT_FDCWD = -100;
    static final long AT_SYMLINK_NOFOLLOW = 0x100;
    static final long AT_SYMLINK_FOLLOW = 0x400;
    static final long AT_EMPTY_PATH = 0x1000;
    static final long O_CLOEXEC = 0x80000;
    static final long O_PATH = 0x200000;
    static final long MFD_CLOEXEC = 1;
    static final long FS_CLOEXEC = 1;
    static final long MSG_CMSG_CLOEXEC = 0x40000000;

    static final long F_DUPFD = 0;
    static final long F_GETFD = 1;
    static final long F_SETFD = 2;
    static final long FD_CLOEXEC = 1;
    static final long TCSETS = 0x5402;
    static final long TIOCSWINSZ = 0x5414;
    static final long TIOCSPTLCK = 0x40045431;
    static final long TIOCGPTPEER = 0x5441;

    static final long RESOLVE_NO_MAGICLINKS = 2;
    static final long RESOLVE_BENEATH = 8;
    static final long RESOLVE_IN_ROOT = 0x10;

    static final long CLONE_VM = 0x100;
    static final long CLONE_FS = 0x200;
    static final long CLONE_FILES = 0x400;
    static final long CLONE_SIGHAND = 0x800;
    static final long CLONE_PIDFD = 0x1000;
    static final long CLONE_THREAD = 0x10000;
    static final long CLONE_NEWNS = 0x20000;
    static final long CLONE_NEWUSER = 0x10000000;

    static final long MS_REC = 0x4000;
    static final long MS_PROPAGATION = 0xf << 17;
    static final long MNT_DETACH = 2;

    static final long PR_SET_DUMPABLE = 4;
    static final long PR_SET_NO_NEW_PRIVS = 38;
    static final long SECCOMP_SET_MODE_FILTER = 1;
    static final long EPERM = 1;

    private Kernel() {}
}
