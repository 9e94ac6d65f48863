package dev.confine.runtime.socket;

import dev.confine.launch.Errno;
import dev.confine.launch.Syscall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connected socket, with who is at the other end. One thread at a time reads, writes and closes. */
public final class Connection implements AutoCloseable {
    private static final int SO_PEERCRED = 17;
    /** Linux ≥ 6.5. */
    private static final int SO_PEERPIDFD = 77;

    private static final int SO_RCVTIMEO = 20;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int BUFFER = 64 << 10;

    private final long fd;
    private final long buffer;
    private boolean closed;

    Connection(long fd) {
        this.fd = fd;
        this.buffer = SocketCalls.MEMORY.allocateMemory(BUFFER, false);
    }

    /**
     * Who connected, in the pid namespace and user namespace of this JVM.
     *
     * @param pid 0 for one that this pid namespace does not have
     * @param uid effective
     */
    public record Peer(long pid, long uid) {}

    public Peer peer() throws IOException {
        SocketCalls.checked("ask who connected", SocketCalls.option(fd, SO_PEERCRED, buffer, 12));
        return new Peer(
                SocketCalls.MEMORY.getInt(buffer), Integer.toUnsignedLong(SocketCalls.MEMORY.getInt(buffer + 4)));
    }

    /** Whether the process that connected has not ended, so that its pid is still its own. True where the kernel cannot say: before Linux 6.5. */
    public boolean peerLives() {
        if (SocketCalls.option(fd, SO_PEERPIDFD, buffer, 4) < 0) {
            return true;
        }
        long pidfd = SocketCalls.MEMORY.getInt(buffer);
        try {
            return !SocketCalls.ready(pidfd, 0);
        } finally {
            SocketCalls.close(pidfd);
        }
    }

    /** How long a read waits before it fails, 0 for ever. */
    public void patience(int seconds) throws IOException {
        SocketCalls.MEMORY.putLong(buffer, seconds);
        SocketCalls.MEMORY.putLong(buffer + 8, 0);
        SocketCalls.checked("limit a wait", SocketCalls.setOption(fd, SO_RCVTIMEO, buffer, 16));
    }

    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return receive(to, offset, length);
            }
        };
    }

    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                send(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                send(from, offset, length);
            }
        };
    }

    private int receive(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        long count = SocketCalls.call(Syscall.READ, open(), buffer, Math.min(length, BUFFER));
        if (count == -Errno.ECONNRESET.number() || count == 0) {
            return -1;
        }
        SocketCalls.checked("read", count);
        SocketCalls.MEMORY.getByteArray(buffer, to, offset, (int) count);
        return (int) count;
    }

    private void send(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, BUFFER);
            SocketCalls.MEMORY.putByteArray(buffer, from, at, part);
            long count = SocketCalls.checked(
                    "write", SocketCalls.call(Syscall.SENDTO, open(), buffer, part, MSG_NOSIGNAL, 0));
            at += (int) count;
            left -= (int) count;
        }
    }

    private long open() throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        return fd;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SocketCalls.close(fd);
            SocketCalls.free(buffer);
        }
    }
}
