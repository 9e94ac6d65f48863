package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * What the front keeps an eye on where there are hooks: signals that ask it to end, because hooks may take long and it has blocked all; and whether hooks have begun,
 * because then those of the end run too.
 */
final class HookWatch {
    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;

    private final Code code;
    private final Register signals;
    private final Register begun;

    HookWatch(Code code) {
        this.code = code;
        this.signals = code.asm.register();
        this.begun = code.asm.register();
    }

    void start() {
        code.step("listen for signals while hooks run", "/hooks");
        code.asm.move(begun, num(0));
        code.call(Syscall.SIGNALFD4, num(-1), code.struct(ENDINGS), num(8), num(SFD_CLOEXEC))
                .into(signals);
    }

    /** From here on hooks have begun. */
    void begin() {
        code.asm.move(begun, num(1));
    }

    void unlessBegun(Label target) {
        code.asm.jumpIf(begun, Condition.EQUAL, num(0), target);
    }

    /** The signalfd, once it has started. */
    Register signals() {
        return signals;
    }

    /** Waits until there is something to read from {@code line}; a signal is a failure. */
    void await(Register line) {
        Label heard = new Label();
        Data poll = code.asm.zeros(2 * POLLFD_SIZE);
        code.asm.set(poll.plus(POLLFD_EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(POLLFD_SIZE + POLLFD_EVENTS), 2, POLLIN);
        code.asm.store(4, poll, num(0), line);
        code.asm.store(4, poll, num(POLLFD_SIZE), signals);
        code.call(Syscall.PPOLL, poll, num(2), num(0), num(0), num(8)).repeating();
        Register signalled = code.asm.register();
        code.asm.load(signalled, 2, poll, num(POLLFD_SIZE + POLLFD_REVENTS));
        code.asm.jumpIf(signalled, Condition.EQUAL, num(0), heard);
        code.cure(Errno.EINTR, "a signal came while hooks ran; nothing is left of the container");
        code.asm.fail(num(Errno.EINTR.number()));
        code.asm.place(heard);
        code.asm.release(signalled);
    }
}
