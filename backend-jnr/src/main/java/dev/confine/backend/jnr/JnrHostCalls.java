package dev.confine.backend.jnr;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import dev.confine.spi.HostCalls;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** Host-side calls in the JVM, through jnr. The native libraries are loaded by the first object of this class, not before. */
public final class JnrHostCalls implements HostCalls {
    private static final int STATFS_BYTES = 120;

    private final POSIX posix = POSIXFactory.getNativePOSIX();
    private final LibC libc = LibraryLoader.create(LibC.class).load("c");
    private final Runtime runtime = Runtime.getRuntime(libc);

    @Override
    public void signal(long pid, long startTime, int signal) {
        long pidfd = libc.syscall(LibC.PIDFD_OPEN, pid, 0L);
        if (pidfd < 0) {
            throw failure("process " + pid);
        }
        try {
            if (startTime(pid) != startTime) {
                throw new ConfineException(
                        "process " + pid + ": ESRCH: no such process: its pid belongs to another one now");
            }
            if (libc.syscall(LibC.PIDFD_SEND_SIGNAL, pidfd, signal, 0L, 0L) < 0) {
                throw failure("signal " + signal + " to process " + pid);
            }
        } finally {
            posix.close((int) pidfd);
        }
    }

    @Override
    public String fileSystem(String path) {
        Pointer statfs = Memory.allocateDirect(runtime, STATFS_BYTES, true);
        if (libc.statfs(path, statfs) < 0) {
            throw failure("statfs " + path);
        }
        return FileSystems.nameOf(statfs.getLong(0));
    }

    /** Field 22 of /proc/PID/stat; what is before it may have blanks and brackets, so fields are counted from the last bracket. */
    private static long startTime(long pid) {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            String stat = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int at = stat.lastIndexOf(')') + 2;
            for (int field = 3; field < 22; field++) {
                at = stat.indexOf(' ', at) + 1;
            }
            return Long.parseLong(stat.substring(at, stat.indexOf(' ', at)));
        } catch (IOException e) {
            throw new ConfineException("process " + pid + ": ESRCH: no such process", e);
        }
    }

    private ConfineException failure(String what) {
        return new ConfineException(what + ": " + Errno.describe(posix.errno()));
    }
}
