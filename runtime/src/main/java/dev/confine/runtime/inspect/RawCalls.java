package dev.confine.runtime.inspect;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import dev.confine.launch.Architecture;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;

/**
 * System calls of this JVM by number, for what Java has no class for. They read: nothing here changes who or where the process is, which has many threads.
 * Through jffi, which jnr-ffi stands on, as its classes are a tenth of what jnr-ffi loads. A result below 0 is an errno, negated.
 */
public final class RawCalls {
    /** openat2(2): the path is only looked up. */
    public static final long O_PATH = 0x20_0000;

    public static final long O_CLOEXEC = 0x8_0000;
    public static final long O_NONBLOCK = 0x800;
    public static final long O_NOCTTY = 0x100;
    /** openat2(2): no link like those of /proc/PID/fd. */
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    /** openat2(2): the directory is the root, also for absolute symbolic links and {@code ..}. */
    public static final long RESOLVE_IN_ROOT = 0x10;
    /** openat2(2): the directory is the working directory. */
    public static final int AT_FDCWD = -100;

    private static final int HOW_BYTES = 24;

    /** Initialised on first use, which loads the library. */
    private static final class Native {
        static final MemoryIO MEMORY = MemoryIO.getInstance();
        static final CallContext CONTEXT =
                new CallContext(Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64);
        static final long ADDRESS =
                Library.getCachedInstance(null, Library.LAZY).getSymbolAddress("syscall");
        static final Architecture ARCHITECTURE =
                System.getProperty("os.arch", "").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;
    }

    private RawCalls() {}

    /** Any call of up to four arguments. */
    public static long call(Syscall call, long first, long second, long third, long fourth) {
        long number = call.number(Native.ARCHITECTURE);
        long result =
                Invoker.getInstance().invokeN5(Native.CONTEXT, Native.ADDRESS, number, first, second, third, fourth);
        return result == -1 ? -LastError.getInstance().get() : result;
    }

    /** openat2(2) for reading: a file descriptor that {@link #close} has to be told of. */
    public static long open(long directory, String path, long flags, long resolve) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        long memory = Native.MEMORY.allocateMemory(HOW_BYTES + bytes.length + 1L, true);
        try {
            Native.MEMORY.putLong(memory, flags | O_CLOEXEC);
            Native.MEMORY.putLong(memory + 16, resolve);
            Native.MEMORY.putByteArray(memory + HOW_BYTES, bytes, 0, bytes.length);
            return call(Syscall.OPENAT2, directory, memory + HOW_BYTES, memory, HOW_BYTES);
        } finally {
            Native.MEMORY.freeMemory(memory);
        }
    }

    /** fstatfs(2): the number of the file system that an open file is on; an errno below 0. */
    public static long fileSystem(long fd) {
        long memory = Native.MEMORY.allocateMemory(256, true);
        try {
            long result = call(Syscall.FSTATFS, fd, memory, 0, 0);
            return result < 0 ? result : Native.MEMORY.getLong(memory) & 0xffff_ffffL;
        } finally {
            Native.MEMORY.freeMemory(memory);
        }
    }

    /** ioctl(2) that fills a number of 32 bits in; an errno below 0. */
    public static long number(long fd, long request) {
        long memory = Native.MEMORY.allocateMemory(8, true);
        try {
            long result = call(Syscall.IOCTL, fd, request, memory, 0);
            return result < 0 ? result : Native.MEMORY.getInt(memory) & 0xffff_ffffL;
        } finally {
            Native.MEMORY.freeMemory(memory);
        }
    }

    /** Waits, ppoll(2), and says whether the other end of a socket or pipe has gone meanwhile; a signal ends the waiting early. */
    public static boolean awaitHangUp(int fd, long milliseconds) {
        long memory = Native.MEMORY.allocateMemory(24, true);
        try {
            Native.MEMORY.putInt(memory, fd);
            Native.MEMORY.putLong(memory + 8, milliseconds / 1000);
            Native.MEMORY.putLong(memory + 16, milliseconds % 1000 * 1_000_000);
            return call(Syscall.PPOLL, memory, 1, memory + 8, 0) > 0;
        } finally {
            Native.MEMORY.freeMemory(memory);
        }
    }

    /** close(2). */
    public static void close(long fd) {
        call(Syscall.CLOSE, fd, 0, 0, 0);
    }
}
