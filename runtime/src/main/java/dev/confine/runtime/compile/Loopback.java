package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.NamespaceType;
import java.nio.charset.StandardCharsets;

/** The interface {@code lo} of a new network namespace, which nobody else would bring up: programs expect 127.0.0.1 and ::1 to be there, netdevice(7). */
final class Loopback {
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long IFF_UP = 1;
    /** More than a struct ifreq has: what an ioctl may write to. */
    private static final int IFREQ_SIZE = 64;

    private static final int IFR_FLAGS = 16;

    private final Code code;
    private final Blueprint blueprint;

    Loopback(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
    }

    void up() {
        if (!blueprint.isNew(NamespaceType.NETWORK)) {
            return;
        }
        code.step("bring the loopback interface up", "/linux/namespaces");
        code.cure(
                Errno.EPERM,
                "it needs CAP_NET_ADMIN: have a new user namespace beside the network namespace (--map auto)");
        Register socket = code.asm.register();
        Data request = code.asm.zeros(IFREQ_SIZE);
        code.text(request, "lo".getBytes(StandardCharsets.UTF_8));
        code.asm.set(request.plus(IFR_FLAGS), 2, IFF_UP);
        // any socket takes it; one of this family every kernel has
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.IOCTL, socket, num(SIOCSIFFLAGS), request);
        code.close(socket);
    }
}
