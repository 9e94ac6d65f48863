package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** A message on a unix(7) socket that carries one file descriptor: a msghdr with SCM_RIGHTS, recvmsg(2). Used once. */
final class FdMessage {
    private static final int CMSG_LENGTH = 20;
    private static final int CMSG_SPACE = 24;
    private static final int CMSG_FD = 16;
    private static final int CONTROL_LENGTH = 40;

    private final Code code;
    private final Data control;
    private final Data header;

    /** @param bytes what the message says beside, or where what it says goes to */
    FdMessage(Code code, Data bytes, int size) {
        this.code = code;
        this.control = code.asm.words(num(CMSG_LENGTH), num(SCM_RIGHTS << 32 | SOL_SOCKET), num(0));
        Data vector = code.asm.words(bytes, num(size));
        this.header = code.asm.words(num(0), num(0), vector, num(1), control, num(CMSG_SPACE), num(0));
    }

    Call send(Register socket, Register fd) {
        code.asm.store(4, control, num(CMSG_FD), fd);
        return code.call(Syscall.SENDMSG, socket, header, num(MSG_NOSIGNAL));
    }

    /** Goes to {@code without} where the other end is gone, or has sent no file descriptor. */
    void receive(Register socket, Register fd, Label without) {
        code.call(Syscall.RECVMSG, socket, header, num(MSG_CMSG_CLOEXEC)).repeating();
        code.asm.load(fd, 8, header, num(CONTROL_LENGTH));
        code.asm.jumpIf(fd, Condition.NOT_EQUAL, num(CMSG_SPACE), without);
        code.asm.load(fd, 4, control, num(CMSG_FD));
    }
}
