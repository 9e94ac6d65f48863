package dev.confine.runtime.host;

/** System calls with their numbers on x86_64 and aarch64, as in {@code asm/unistd.h}. */
enum Call {
    CLOSE(3, 57),
    IOCTL(16, 29),
    OPENAT(257, 56),
    READLINKAT(267, 78),
    GETDENTS64(217, 61),
    GETXATTR(191, 8),
    FCHMODAT(268, 53),
    STATMOUNT(457, 457);

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    private final int x86;
    private final int arm;

    Call(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int here() {
        return ARM ? arm : x86;
    }
}
