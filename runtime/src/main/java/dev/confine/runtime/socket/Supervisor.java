package dev.confine.runtime.socket;

import dev.confine.launch.Syscall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a service manager is told, {@code sd_notify(3)}. It is told once and answers nothing. */
public final class Supervisor {
    private final String socket;

    /** @param socket as in NOTIFY_SOCKET; empty when there is none to tell */
    public Supervisor(String socket) {
        this.socket = socket;
    }

    public void ready() throws IOException {
        say("READY=1");
    }

    public void stopping() throws IOException {
        say("STOPPING=1");
    }

    private void say(String text) throws IOException {
        if (socket.isEmpty()) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long fd = SocketCalls.socket(SocketCalls.SOCK_DGRAM);
        long address = SocketCalls.address(socket);
        long content = SocketCalls.MEMORY.allocateMemory(bytes.length, false);
        try {
            SocketCalls.MEMORY.putByteArray(content, bytes, 0, bytes.length);
            SocketCalls.checked(
                    "connect to NOTIFY_SOCKET",
                    SocketCalls.call(Syscall.CONNECT, fd, address, SocketCalls.addressSize(socket)));
            SocketCalls.checked("write to NOTIFY_SOCKET", SocketCalls.call(Syscall.WRITE, fd, content, bytes.length));
        } finally {
            SocketCalls.free(content);
            SocketCalls.free(address);
            SocketCalls.close(fd);
        }
    }
}
