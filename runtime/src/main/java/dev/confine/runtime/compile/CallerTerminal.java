package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spi.Caller;

/**
 * The caller's terminal while a container's is relayed to it, in the front: every key goes inside, also those that make signals, and at the end it is as it
 * was. What cannot be done to it is left undone, because it may be gone at any time. termios(3), Linux's struct of 36 bytes.
 */
final class CallerTerminal {
    /** An ioctl writes no more than this, as far as the verifier knows. */
    private static final int SIZE = 64;

    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int LFLAG = 12;
    private static final int VTIME = 22;
    private static final int VMIN = 23;

    private final Code code;
    private final int fd;
    private final boolean typed;
    private final Register changed;
    private final Data before;
    private final Data raw;

    CallerTerminal(Code code, Caller caller) {
        this.code = code;
        this.fd = first(caller.terminals());
        this.typed = fd == 0;
        this.changed = code.asm.register();
        this.before = code.asm.zeros(SIZE);
        this.raw = code.asm.zeros(SIZE);
    }

    /** The first of stdin, stdout and stderr that is a terminal, or -1. */
    private static int first(int terminals) {
        return (terminals & 1) != 0 ? 0 : (terminals & 2) != 0 ? 1 : (terminals & 4) != 0 ? 2 : -1;
    }

    /** Whether there is one whose size the container's can have. */
    boolean exists() {
        return fd >= 0;
    }

    /** Before anything can fail. */
    void untouched() {
        code.asm.move(changed, num(0));
    }

    /** Gives {@code master} its size. */
    void resize(Register master) {
        if (!exists()) {
            return;
        }
        Label done = new Label();
        Data size = code.scratch(SIZE);
        code.call(Syscall.IOCTL, num(fd), num(TIOCGWINSZ), size).onAnyError(done);
        code.call(Syscall.IOCTL, master, num(TIOCSWINSZ), size).ignoringErrors();
        code.asm.place(done);
    }

    /** As cfmakeraw(3) has it; what is typed there is not for the container unless it is stdin. */
    void makeRaw() {
        if (!typed) {
            return;
        }
        Label done = new Label();
        // tcdrain(3): a job in the background stops here until it is in the foreground
        code.call(Syscall.IOCTL, num(fd), num(TCSBRK), num(1)).ignoringErrors();
        code.call(Syscall.IOCTL, num(fd), num(TCGETS), before).onAnyError(done);
        code.call(Syscall.IOCTL, num(fd), num(TCGETS), raw).onAnyError(done);
        code.asm.store(4, raw, num(IFLAG), num(0));
        code.asm.store(4, raw, num(OFLAG), num(0));
        code.asm.store(4, raw, num(LFLAG), num(0));
        code.asm.store(1, raw, num(VTIME), num(0));
        code.asm.store(1, raw, num(VMIN), num(1));
        code.call(Syscall.IOCTL, num(fd), num(TCSETS), raw).onAnyError(done);
        code.asm.move(changed, num(1));
        code.asm.place(done);
    }

    /** After a stop, while which the shell had it. */
    void makeRawAgain() {
        Label done = new Label();
        code.asm.jumpIf(changed, Condition.EQUAL, num(0), done);
        code.call(Syscall.IOCTL, num(fd), num(TCSETS), raw).ignoringErrors();
        code.asm.place(done);
    }

    /** As it was; but in the background it is the shell's by now, and is left to that. */
    void restore() {
        if (!typed) {
            return;
        }
        Label done = new Label();
        Label ours = new Label();
        Register group = code.asm.register();
        Register foreground = code.asm.register();
        Data word = code.scratch(SIZE);
        code.asm.jumpIf(changed, Condition.EQUAL, num(0), done);
        // no controlling terminal of ours: no job control either
        code.call(Syscall.IOCTL, num(fd), num(TIOCGPGRP), word).onAnyError(ours);
        code.asm.load(foreground, 4, word, num(0));
        code.call(Syscall.GETPGID, num(0)).into(group);
        code.asm.jumpIf(foreground, Condition.NOT_EQUAL, group, done);
        code.asm.place(ours);
        code.call(Syscall.IOCTL, num(fd), num(TCSETS), before).ignoringErrors();
        code.asm.place(done);
        code.asm.release(group, foreground);
    }
}
