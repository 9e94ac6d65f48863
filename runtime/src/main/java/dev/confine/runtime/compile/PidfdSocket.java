package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/** Hands the pidfd of the container's process out at a unix socket, pidfd_open(2): who has it waits for that process and for no other that gets its pid. */
final class PidfdSocket {
    /** What the message says beside, as that of runc does. */
    private static final String NAME = "pidfd";

    private final Code code;
    private final String path;
    private final Register socket;

    private PidfdSocket(Code code, String path) {
        this.code = code;
        this.path = path;
        this.socket = code.asm.register();
    }

    /** Null where nobody wants it. */
    static @Nullable PidfdSocket of(Code code, Blueprint blueprint) {
        String path = blueprint.request().pidfdSocket();
        return path == null ? null : new PidfdSocket(code, path);
    }

    /** Connects, as who called, before there is any process. */
    void connect() {
        code.step("connect to the pidfd socket " + path, "");
        code.cure(Errno.ECONNREFUSED, "nobody listens there, on a stream socket");
        code.cure(Errno.EPROTOTYPE, "it is no stream socket");
        Data address = SocketAddress.of(code, path);
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.CONNECT, socket, address, num(SocketAddress.SIZE));
    }

    void handOut(Register process) {
        code.step("hand the pidfd out at " + path, "");
        code.cure(Errno.EPIPE, "who listened there is gone");
        new FdMessage(code, code.text(NAME), NAME.length()).send(socket, process);
        code.call(Syscall.CLOSE, socket);
    }
}
