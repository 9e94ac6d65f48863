package dev.confine.backend.jnr;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import dev.confine.runtime.lifecycle.ProcessStat;
import dev.confine.spi.HostCalls;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** Host-side calls in the JVM, through jnr. The native libraries are loaded by the first call, not before: a hot command makes none. */
public final class JnrHostCalls implements HostCalls {
    private static final int STATFS_BYTES = 120;

    /** Initialised on first use, which loads the libraries. */
    private static final class Native {
        static final POSIX CALLS = POSIXFactory.getNativePOSIX();
        static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(LIBC);
    }

    @Override
    public void signal(long pid, long startTime, int signal) {
        long pidfd = Native.LIBC.syscall(LibC.PIDFD_OPEN, pid, 0L);
        if (pidfd < 0) {
            throw failure("process " + pid);
        }
        try {
            ProcessStat stat = ProcessStat.of(pid);
            if (stat == null || stat.startTime() != startTime) {
                throw new ConfineException(
                        "process " + pid + ": ESRCH: no such process: its pid belongs to another one now");
            }
            if (Native.LIBC.syscall(LibC.PIDFD_SEND_SIGNAL, pidfd, signal, 0L, 0L) < 0) {
                throw failure("signal " + signal + " to process " + pid);
            }
        } finally {
            Native.CALLS.close((int) pidfd);
        }
    }

    @Override
    public String fileSystem(String path) {
        Pointer statfs = Memory.allocateDirect(Native.RUNTIME, STATFS_BYTES, true);
        if (Native.LIBC.statfs(path, statfs) < 0) {
            throw failure("statfs " + path);
        }
        return FileSystems.nameOf(statfs.getLong(0));
    }

    private static ConfineException failure(String what) {
        return new ConfineException(what + ": " + Errno.describe(Native.CALLS.errno()));
    }
}
