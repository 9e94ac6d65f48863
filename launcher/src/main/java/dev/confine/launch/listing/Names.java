package dev.confine.launch.listing;

/** Constants of the kernel's interface by the names its headers give them: a set of bits, or one of several values. */
final class Names {
    static final Names OPEN = bits("""
            O_WRONLY=1 O_RDWR=2 O_CREAT=0x40 O_EXCL=0x80 O_NOCTTY=0x100 O_TRUNC=0x200 O_APPEND=0x400 O_NONBLOCK=0x800
            O_CLOEXEC=0x80000 O_PATH=0x200000
            """);
    static final Names AT = bits("""
            AT_SYMLINK_NOFOLLOW=0x100 AT_REMOVEDIR=0x200 AT_SYMLINK_FOLLOW=0x400 AT_EMPTY_PATH=0x1000 AT_RECURSIVE=0x8000
            """);
    static final Names ACCESS = bits("AT_SYMLINK_NOFOLLOW=0x100 AT_EACCESS=0x200 AT_EMPTY_PATH=0x1000");
    static final Names OPEN_TREE = bits("""
            OPEN_TREE_CLONE=1 AT_EMPTY_PATH=0x1000 AT_RECURSIVE=0x8000 O_CLOEXEC=0x80000
            """);
    static final Names RESOLVE = bits("""
            RESOLVE_NO_XDEV=1 RESOLVE_NO_MAGICLINKS=2 RESOLVE_NO_SYMLINKS=4 RESOLVE_BENEATH=8 RESOLVE_IN_ROOT=0x10
            """);
    static final Names MOVE_MOUNT = bits("""
            MOVE_MOUNT_F_SYMLINKS=1 MOVE_MOUNT_F_EMPTY_PATH=4 MOVE_MOUNT_T_SYMLINKS=0x10 MOVE_MOUNT_T_EMPTY_PATH=0x40
            MOVE_MOUNT_SET_GROUP=0x100 MOVE_MOUNT_BENEATH=0x200
            """);
    static final Names FSOPEN = bits("FSOPEN_CLOEXEC=1");
    static final Names FSPICK = bits("FSPICK_CLOEXEC=1 FSPICK_SYMLINK_NOFOLLOW=2 FSPICK_EMPTY_PATH=8");
    static final Names FSMOUNT = bits("FSMOUNT_CLOEXEC=1");
    static final Names FSCONFIG = one("""
            FSCONFIG_SET_FLAG=0 FSCONFIG_SET_STRING=1 FSCONFIG_SET_BINARY=2 FSCONFIG_SET_PATH=3 FSCONFIG_SET_PATH_EMPTY=4
            FSCONFIG_SET_FD=5 FSCONFIG_CMD_CREATE=6 FSCONFIG_CMD_RECONFIGURE=7
            """);
    static final Names MOUNT_ATTR = bits("""
            MOUNT_ATTR__ATIME=0x70 MOUNT_ATTR_RDONLY=1 MOUNT_ATTR_NOSUID=2 MOUNT_ATTR_NODEV=4 MOUNT_ATTR_NOEXEC=8 MOUNT_ATTR_NOATIME=0x10
            MOUNT_ATTR_STRICTATIME=0x20 MOUNT_ATTR_NODIRATIME=0x80 MOUNT_ATTR_IDMAP=0x100000
            MOUNT_ATTR_NOSYMFOLLOW=0x200000
            """);
    static final Names MOUNT = bits("""
            MS_RDONLY=1 MS_NOSUID=2 MS_NODEV=4 MS_NOEXEC=8 MS_REMOUNT=0x20 MS_NOATIME=0x400 MS_BIND=0x1000 MS_REC=0x4000
            MS_UNBINDABLE=0x20000 MS_PRIVATE=0x40000 MS_SLAVE=0x80000 MS_SHARED=0x100000
            """);
    static final Names UMOUNT = bits("MNT_FORCE=1 MNT_DETACH=2 MNT_EXPIRE=4 UMOUNT_NOFOLLOW=8");
    static final Names CLONE = bits("""
            CLONE_NEWTIME=0x80 CLONE_VM=0x100 CLONE_FS=0x200 CLONE_FILES=0x400 CLONE_PIDFD=0x1000 CLONE_PARENT=0x8000
            CLONE_NEWNS=0x20000 CLONE_NEWCGROUP=0x2000000 CLONE_NEWUTS=0x4000000 CLONE_NEWIPC=0x8000000 CLONE_NEWUSER=0x10000000
            CLONE_NEWPID=0x20000000 CLONE_NEWNET=0x40000000 CLONE_CLEAR_SIGHAND=0x100000000 CLONE_INTO_CGROUP=0x200000000
            """);
    static final Names PRCTL = one("""
            PR_SET_PDEATHSIG=1 PR_SET_DUMPABLE=4 PR_SET_KEEPCAPS=8 PR_SET_NAME=15 PR_CAPBSET_DROP=24 PR_SET_SECUREBITS=28
            PR_SET_CHILD_SUBREAPER=36 PR_SET_NO_NEW_PRIVS=38 PR_CAP_AMBIENT=47
            """);
    static final Names AMBIENT = one("""
            PR_CAP_AMBIENT_IS_SET=1 PR_CAP_AMBIENT_RAISE=2 PR_CAP_AMBIENT_LOWER=3 PR_CAP_AMBIENT_CLEAR_ALL=4
            """);
    static final Names CAPABILITY = one("""
            CAP_CHOWN=0 CAP_DAC_OVERRIDE=1 CAP_DAC_READ_SEARCH=2 CAP_FOWNER=3 CAP_FSETID=4 CAP_KILL=5 CAP_SETGID=6 CAP_SETUID=7
            CAP_SETPCAP=8 CAP_LINUX_IMMUTABLE=9 CAP_NET_BIND_SERVICE=10 CAP_NET_BROADCAST=11 CAP_NET_ADMIN=12 CAP_NET_RAW=13
            CAP_IPC_LOCK=14 CAP_IPC_OWNER=15 CAP_SYS_MODULE=16 CAP_SYS_RAWIO=17 CAP_SYS_CHROOT=18 CAP_SYS_PTRACE=19 CAP_SYS_PACCT=20
            CAP_SYS_ADMIN=21 CAP_SYS_BOOT=22 CAP_SYS_NICE=23 CAP_SYS_RESOURCE=24 CAP_SYS_TIME=25 CAP_SYS_TTY_CONFIG=26 CAP_MKNOD=27
            CAP_LEASE=28 CAP_AUDIT_WRITE=29 CAP_AUDIT_CONTROL=30 CAP_SETFCAP=31 CAP_MAC_OVERRIDE=32 CAP_MAC_ADMIN=33 CAP_SYSLOG=34
            CAP_WAKE_ALARM=35 CAP_BLOCK_SUSPEND=36 CAP_AUDIT_READ=37 CAP_PERFMON=38 CAP_BPF=39 CAP_CHECKPOINT_RESTORE=40
            """);
    static final Names SOCKET_FAMILY = one("AF_UNIX=1 AF_INET=2 AF_INET6=10 AF_NETLINK=16");
    static final Names SOCKET_TYPE = bits("""
            SOCK_SEQPACKET=5 SOCK_RAW=3 SOCK_STREAM=1 SOCK_DGRAM=2 SOCK_NONBLOCK=0x800 SOCK_CLOEXEC=0x80000
            """);
    static final Names MESSAGE = bits("""
            MSG_PEEK=2 MSG_DONTWAIT=0x40 MSG_NOSIGNAL=0x4000 MSG_CMSG_CLOEXEC=0x40000000
            """);
    static final Names FILE_TYPE = bits("S_IFIFO=0x1000 S_IFCHR=0x2000 S_IFREG=0x8000");
    static final Names STATX = one("STATX_BASIC_STATS=0x7ff");
    static final Names WAIT = bits("WNOHANG=1 WEXITED=4 __WALL=0x40000000");
    static final Names WAIT_FOR = one("P_ALL=0 P_PID=1 P_PGID=2 P_PIDFD=3");
    static final Names CLOSE_RANGE = bits("CLOSE_RANGE_UNSHARE=2 CLOSE_RANGE_CLOEXEC=4");
    static final Names MASK = one("SIG_BLOCK=0 SIG_UNBLOCK=1 SIG_SETMASK=2");
    static final Names SIGNAL = one("""
            SIGHUP=1 SIGINT=2 SIGQUIT=3 SIGABRT=6 SIGKILL=9 SIGUSR1=10 SIGUSR2=12 SIGPIPE=13 SIGTERM=15 SIGCHLD=17 SIGCONT=18
            SIGSTOP=19
            """);
    static final Names LIMIT = one("""
            RLIMIT_CPU=0 RLIMIT_FSIZE=1 RLIMIT_DATA=2 RLIMIT_STACK=3 RLIMIT_CORE=4 RLIMIT_RSS=5 RLIMIT_NPROC=6 RLIMIT_NOFILE=7
            RLIMIT_MEMLOCK=8 RLIMIT_AS=9 RLIMIT_LOCKS=10 RLIMIT_SIGPENDING=11 RLIMIT_MSGQUEUE=12 RLIMIT_NICE=13 RLIMIT_RTPRIO=14
            RLIMIT_RTTIME=15
            """);
    static final Names SECCOMP = one("""
            SECCOMP_SET_MODE_STRICT=0 SECCOMP_SET_MODE_FILTER=1 SECCOMP_GET_ACTION_AVAIL=2
            """);
    static final Names IOCTL = one("""
            TCGETS=0x5401 TCSETS=0x5402 TCSBRK=0x5409 TIOCSCTTY=0x540e TIOCGPGRP=0x540f TIOCGWINSZ=0x5413 TIOCSWINSZ=0x5414 TIOCGPTPEER=0x5441 TIOCSPTLCK=0x40045431 NS_GET_NSTYPE=0xb703
            """);
    static final Names LOCK = bits("LOCK_SH=1 LOCK_EX=2 LOCK_NB=4 LOCK_UN=8");

    private final boolean bits;
    private final String[] names;
    private final long[] values;

    private Names(boolean bits, String pairs) {
        String[] all = pairs.trim().split("\\s+");
        this.bits = bits;
        this.names = new String[all.length];
        this.values = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            int equals = all[i].indexOf('=');
            names[i] = all[i].substring(0, equals);
            values[i] = Long.decode(all[i].substring(equals + 1));
        }
    }

    /** Of names that share bits the one with more comes first. */
    private static Names bits(String pairs) {
        return new Names(true, pairs);
    }

    private static Names one(String pairs) {
        return new Names(false, pairs);
    }

    /** The name of {@code value}, or names joined by {@code |}, with what has none as a number. */
    String of(long value) {
        return bits ? ofBits(value) : ofOne(value);
    }

    private String ofOne(long value) {
        for (int i = 0; i < names.length; i++) {
            if (values[i] == value) {
                return names[i];
            }
        }
        return Long.toString(value);
    }

    private String ofBits(long value) {
        StringBuilder text = new StringBuilder();
        long rest = value;
        for (int i = 0; i < names.length; i++) {
            if ((rest & values[i]) == values[i]) {
                text.append(text.length() == 0 ? "" : "|").append(names[i]);
                rest &= ~values[i];
            }
        }
        if (rest != 0 || text.length() == 0) {
            String number = rest > 0 && rest < 10 ? Long.toString(rest) : "0x" + Long.toHexString(rest);
            text.append(text.length() == 0 ? "" : "|").append(rest == 0 ? "0" : number);
        }
        return text.toString();
    }
}
