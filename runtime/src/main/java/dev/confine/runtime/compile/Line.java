package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** The pair of sockets between the front and the container's process, on which each says letters. A wait of either side ends when the other is gone. */
final class Line {
    static final int GO = 'g';
    static final int BUILT = 'b';
    static final int MOUNTED = 'm';
    static final int FAILED = 'f';

    /** The front's end. */
    final Register front;
    /** The container's end; once it is created, the connection of who starts it. */
    final Register container;
    /** What was heard last, 8 bytes. */
    final Data word;

    private final Code code;

    Line(Code code) {
        this.code = code;
        this.front = code.asm.register();
        this.container = code.asm.register();
        this.word = code.asm.zeros(8);
    }

    void open() {
        code.step("make the line to the container", "");
        Data pair = code.asm.zeros(8);
        code.call(Syscall.SOCKETPAIR, num(AF_UNIX), num(SOCK_SEQPACKET | SOCK_CLOEXEC), num(0), pair);
        code.asm.load(front, 4, pair, num(0));
        code.asm.load(container, 4, pair, num(4));
    }

    void say(Register end, int letter) {
        Data text = code.text(Character.toString((char) letter));
        code.call(Syscall.SENDTO, end, text, num(1), num(MSG_NOSIGNAL), num(0), num(0))
                .ignoringErrors();
    }

    /** The number of bytes heard; 0 when the other side is gone. */
    Register hear(Register end) {
        Register count = code.asm.register();
        code.call(Syscall.READ, end, word, num(8)).into(count).repeating();
        return count;
    }

    /** In the container: waits until it may go on. */
    void expectGo() {
        Label go = new Label();
        Register count = hear(container);
        code.asm.jumpIf(count, Condition.EQUAL, num(1), go);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(go);
        code.asm.release(count);
    }
}
