package dev.confine.runtime.socket;

import dev.confine.ConfineException;
import dev.confine.launch.Syscall;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A socket that waits for callers, at a path that only its user may connect to. One thread accepts; any may close. */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SO_ACCEPTCONN = 30;

    private final long fd;
    private final @Nullable String path;
    private volatile boolean closed;

    private Listener(long fd, @Nullable String path) {
        this.fd = fd;
        this.path = path;
    }

    /**
     * The one that is open as {@code fd}, made by a service manager, which also removes it.
     *
     * @throws ConfineException when that is no listener
     */
    public static Listener inherited(int fd) {
        long memory = SocketCalls.MEMORY.allocateMemory(24, true);
        try {
            SocketCalls.checked("look at it", SocketCalls.option(fd, SO_ACCEPTCONN, memory, 4));
            if (SocketCalls.MEMORY.getInt(memory) != 1) {
                throw new IOException("it does not listen");
            }
            return new Listener(fd, null);
        } catch (IOException other) {
            throw new ConfineException(
                    "the socket of the service manager, file descriptor " + fd + ": " + other.getMessage(), other);
        } finally {
            SocketCalls.free(memory);
        }
    }

    /** A new one in place of whatever is at {@code path}; with the umask of this JVM, which keeps others out. */
    public static Listener at(String path) {
        String temporary = path + "." + ProcessHandle.current().pid();
        try {
            long fd = SocketCalls.socket(SocketCalls.SOCK_STREAM);
            long address = SocketCalls.address(temporary);
            try {
                SocketCalls.checked(
                        "make the socket",
                        SocketCalls.call(Syscall.BIND, fd, address, SocketCalls.addressSize(temporary)));
                SocketCalls.checked("listen", SocketCalls.call(Syscall.LISTEN, fd, BACKLOG, 0));
            } finally {
                SocketCalls.free(address);
            }
            if (!new File(temporary).renameTo(new File(path))) {
                throw new IOException("it cannot be renamed from " + temporary);
            }
            return new Listener(fd, path);
        } catch (IOException failed) {
            throw new ConfineException(path + ": " + failed.getMessage(), failed);
        }
    }

    /** The next caller; null when none came within so many milliseconds, or it is closed. */
    public @Nullable Connection accept(long millis) {
        if (!SocketCalls.ready(fd, millis) || closed) {
            return null;
        }
        long connection = SocketCalls.call(Syscall.ACCEPT4, fd, 0, 0, SocketCalls.SOCK_CLOEXEC, 0);
        return connection < 0 ? null : new Connection(connection);
    }

    /** Has {@link #accept} return now rather than in the end, from any thread. One that is inherited is left alone, as it may be others' too. */
    public void wake() {
        Connection connection = path == null ? null : connect(path);
        if (connection != null) {
            connection.close();
        }
    }

    /** Connects to who listens at {@code path}, or null when nobody does. */
    public static @Nullable Connection connect(String path) {
        try {
            long fd = SocketCalls.socket(SocketCalls.SOCK_STREAM);
            long address = SocketCalls.address(path);
            try {
                if (SocketCalls.call(Syscall.CONNECT, fd, address, SocketCalls.addressSize(path)) < 0) {
                    SocketCalls.close(fd);
                    return null;
                }
                return new Connection(fd);
            } finally {
                SocketCalls.free(address);
            }
        } catch (IOException impossible) {
            return null;
        }
    }

    /** From now on nobody can connect; an inherited one stays with who made it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (path != null) {
                new File(path).delete();
            }
        }
    }
}
