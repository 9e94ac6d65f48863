package dev.confine.runtime.inspect;

import dev.confine.launch.Syscall;

/** A user namespace above that of a process, held open, ioctl_ns(2): it has no file of its own where nobody is in it. */
public final class AncestorNamespace implements AutoCloseable {
    private static final long NS_GET_PARENT = 0xb702;

    private final long fd;

    private AncestorNamespace(long fd) {
        this.fd = fd;
    }

    /** @param generation how many above that of the process, 0 for its own */
    public static AncestorNamespace of(long pid, int generation) {
        long fd = RawCalls.open(RawCalls.AT_FDCWD, "/proc/" + pid + "/ns/user", 0, 0);
        for (int i = 0; i < generation && fd >= 0; i++) {
            long parent = RawCalls.call(Syscall.IOCTL, fd, NS_GET_PARENT, 0, 0);
            RawCalls.close(fd);
            fd = parent;
        }
        return new AncestorNamespace(fd);
    }

    /** Whether the kernel gave it. */
    public boolean isOpen() {
        return fd >= 0;
    }

    /** Where every process of this user finds it. */
    public String file() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }

    @Override
    public void close() {
        if (isOpen()) {
            RawCalls.close(fd);
        }
    }
}
