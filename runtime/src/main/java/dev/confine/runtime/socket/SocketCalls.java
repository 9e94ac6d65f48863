package dev.confine.runtime.socket;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import dev.confine.launch.Architecture;
import dev.confine.launch.Errno;
import dev.confine.launch.Syscall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** System calls on sockets by number. A result below 0 is an errno, negated; EINTR is tried again. */
final class SocketCalls {
    static final MemoryIO MEMORY = MemoryIO.getInstance();

    static final int AF_UNIX = 1;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x8_0000;

    private static final int ADDRESS_BYTES = 110;
    private static final int PATH_LIMIT = 108;
    private static final int SOL_SOCKET = 1;

    private static final CallContext CONTEXT =
            new CallContext(Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64, Type.SINT64);
    private static final long ADDRESS =
            Library.getCachedInstance(null, Library.LAZY).getSymbolAddress("syscall");
    private static final Architecture ARCHITECTURE =
            System.getProperty("os.arch", "").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;

    private SocketCalls() {}

    static long call(Syscall call, long first, long second, long third, long fourth, long fifth) {
        long number = call.number(ARCHITECTURE);
        while (true) {
            long result = Invoker.getInstance().invokeN6(CONTEXT, ADDRESS, number, first, second, third, fourth, fifth);
            if (result != -1) {
                return result;
            }
            int errno = LastError.getInstance().get();
            if (errno != Errno.EINTR.number()) {
                return -errno;
            }
        }
    }

    static long call(Syscall call, long first, long second, long third) {
        return call(call, first, second, third, 0, 0);
    }

    static long checked(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + Errno.describe((int) -result));
        }
        return result;
    }

    /** A {@code sockaddr_un}, to be given back with {@link #free}. A leading {@code @} stands for the abstract namespace. */
    static long address(String path) throws IOException {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= PATH_LIMIT) {
            throw new IOException(path + ": a path of " + bytes.length + " bytes, and that of a socket has at most "
                    + (PATH_LIMIT - 1));
        }
        long memory = MEMORY.allocateMemory(ADDRESS_BYTES, true);
        MEMORY.putShort(memory, (short) AF_UNIX);
        MEMORY.putByteArray(memory + 2, bytes, 0, bytes.length);
        if (path.startsWith("@")) {
            MEMORY.putByte(memory + 2, (byte) 0);
        }
        return memory;
    }

    /** Bytes of the address that {@link #address} makes; the kernel takes zeros at the end as part of an abstract one, so there they are left out. */
    static int addressSize(String path) {
        return path.startsWith("@") ? 2 + path.getBytes(StandardCharsets.UTF_8).length : ADDRESS_BYTES;
    }

    static void free(long memory) {
        MEMORY.freeMemory(memory);
    }

    static long socket(int type) throws IOException {
        return checked("make a socket", call(Syscall.SOCKET, AF_UNIX, type | SOCK_CLOEXEC, 0));
    }

    /** getsockopt(2) of up to 16 bytes into {@code memory}. */
    static long option(long fd, int option, long memory, int size) {
        MEMORY.putInt(memory + 16, size);
        return call(Syscall.GETSOCKOPT, fd, SOL_SOCKET, option, memory, memory + 16);
    }

    static long setOption(long fd, int option, long memory, int size) {
        return call(Syscall.SETSOCKOPT, fd, SOL_SOCKET, option, memory, size);
    }

    static void close(long fd) {
        call(Syscall.CLOSE, fd, 0, 0);
    }

    /** Whether {@code fd} can be read from within so many milliseconds. */
    static boolean ready(long fd, long millis) {
        long memory = MEMORY.allocateMemory(24, true);
        try {
            MEMORY.putInt(memory, (int) fd);
            MEMORY.putShort(memory + 4, (short) 1);
            MEMORY.putLong(memory + 8, millis / 1000);
            MEMORY.putLong(memory + 16, millis % 1000 * 1_000_000);
            return call(Syscall.PPOLL, memory, 1, memory + 8, 0, 8) > 0;
        } finally {
            MEMORY.freeMemory(memory);
        }
    }
}
