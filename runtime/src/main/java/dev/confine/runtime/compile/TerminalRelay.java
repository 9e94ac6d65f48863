package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spi.Caller;

/**
 * Copies between the caller's stdio and a container's terminal in the foreground, in the front and without a JVM. Nothing that the caller has open is made
 * non-blocking, because others share it: a terminal is opened anew for that, and anything else is written to when poll(2) says that it takes as much.
 */
final class TerminalRelay {
    private static final int POLLFD_SIZE = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final int SIGNALS = 0;
    private static final int INPUT = POLLFD_SIZE;
    private static final int MASTER = 2 * POLLFD_SIZE;
    private static final int OUTPUT = 3 * POLLFD_SIZE;

    private static final int TERMIOS_SIZE = 64;
    /** Of c_cc in a termios: the key for the end of input. */
    private static final int VEOF = 21;

    private static final long SOON = 100_000_000;

    private final Code code;
    private final Caller caller;
    private final CallerTerminal terminal;
    private final Register master;
    private final Register input;
    private final Register output;
    private final Register unused;
    private final Register lastByte;
    private final PendingBytes in;
    private final PendingBytes out;
    private final Data poll;

    /** @param master of the container's terminal */
    TerminalRelay(Code code, Blueprint blueprint, Register master) {
        this.code = code;
        this.caller = blueprint.caller();
        this.terminal = new CallerTerminal(code, caller);
        this.master = master;
        this.input = code.asm.register();
        this.output = code.asm.register();
        this.unused = code.asm.register();
        this.lastByte = code.asm.register();
        this.in = new PendingBytes(code);
        this.out = new PendingBytes(code);
        this.poll = code.asm.zeros(4 * POLLFD_SIZE);
        code.asm.set(poll.plus(SIGNALS + EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(INPUT + EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(OUTPUT + EVENTS), 2, POLLOUT);
    }

    /** The container's terminal gets the size of the caller's. */
    void resize() {
        terminal.resize(master);
    }

    /** Before anything can fail. */
    void prepare() {
        terminal.untouched();
        code.asm.move(input, num(0));
        code.asm.move(output, num(1));
        code.asm.move(unused, num(0));
        code.asm.move(lastByte, num('\n'));
        in.hold(num(0));
        out.hold(num(0));
    }

    void begin() {
        Label blocking = new Label();
        Label opened = new Label();
        code.call(Syscall.FCNTL, master, num(F_SETFL), num(O_RDWR | O_NONBLOCK));
        if ((caller.terminals() & 2) != 0) {
            long flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc/self/fd/1"), num(flags), num(0))
                    .into(output)
                    .onAnyError(blocking);
            code.asm.jump(opened);
            code.asm.place(blocking);
            code.asm.move(output, num(1));
            code.asm.place(opened);
        }
        terminal.makeRaw();
    }

    // ---- while the container runs

    /** Waits, copies what there is, and goes to {@code again} unless there is a signal to be read. */
    void copy(Register signals, Label again) {
        Register events = code.asm.register();
        await(signals, events);
        writeOutput(events);
        serveMaster(events);
        readInput(events);
        code.asm.load(events, 2, poll, num(SIGNALS + REVENTS));
        code.asm.jumpIf(events, Condition.EQUAL, num(0), again);
        code.asm.release(events);
    }

    /** Input is looked at when the last of it is written, the master for what there is to do with it. */
    private void await(Register signals, Register events) {
        Label polled = new Label();
        Label soon = new Label();
        Label full = new Label();
        Label noInput = new Label();
        Label look = new Label();
        code.asm.store(4, poll, num(SIGNALS), signals);
        lookAtOutput();
        code.asm.store(4, poll, num(INPUT), num(-1));
        code.asm.store(4, poll, num(MASTER), num(-1));
        code.asm.jumpIf(unused, Condition.NOT_EQUAL, num(0), soon);
        code.asm.move(events, num(0));
        code.asm.jumpIf(out.left(), Condition.NOT_EQUAL, num(0), full);
        code.asm.move(events, num(POLLIN));
        code.asm.place(full);
        code.asm.jumpIf(in.left(), Condition.EQUAL, num(0), noInput);
        code.asm.add(events, events, num(POLLOUT));
        code.asm.jump(look);
        code.asm.place(noInput);
        code.asm.store(4, poll, num(INPUT), input);
        code.asm.jumpIf(events, Condition.EQUAL, num(0), polled);
        code.asm.place(look);
        code.asm.store(4, poll, num(MASTER), master);
        code.asm.store(2, poll, num(MASTER + EVENTS), events);
        code.asm.place(polled);
        code.call(Syscall.PPOLL, poll, num(4), num(0), num(0), num(8)).repeating();
        Label done = new Label();
        code.asm.jump(done);
        awaitUse(soon);
        code.asm.place(done);
    }

    /** No process has the terminal open, and nothing tells when one opens it again. */
    private void awaitUse(Label soon) {
        Data time = code.asm.zeros(16);
        code.asm.place(soon);
        code.asm.store(8, time, num(0), num(0));
        code.asm.store(8, time, num(8), num(SOON));
        code.call(Syscall.PPOLL, poll, num(4), time, num(0), num(8)).ignoringErrors();
        code.asm.move(unused, num(0));
    }

    private void lookAtOutput() {
        Label none = new Label();
        code.asm.store(4, poll, num(OUTPUT), num(-1));
        code.asm.jumpIf(out.left(), Condition.EQUAL, num(0), none);
        code.asm.store(4, poll, num(OUTPUT), output);
        code.asm.place(none);
    }

    /** Where nobody takes the output any more, the container's terminal hangs up. */
    private void writeOutput(Register events) {
        Label done = new Label();
        Label failed = new Label();
        code.asm.load(events, 2, poll, num(OUTPUT + REVENTS));
        code.asm.jumpIf(events, Condition.EQUAL, num(0), done);
        out.write(output, failed);
        code.asm.jump(done);
        code.asm.place(failed);
        code.call(Syscall.CLOSE, master).ignoringErrors();
        code.asm.move(master, num(-1));
        code.asm.move(input, num(-1));
        in.clear();
        out.clear();
        code.asm.store(2, poll, num(MASTER + REVENTS), num(0));
        code.asm.store(2, poll, num(INPUT + REVENTS), num(0));
        code.asm.place(done);
    }

    private void serveMaster(Register events) {
        Register count = code.asm.register();
        Label written = new Label();
        Label full = new Label();
        Label failed = new Label();
        Label idle = new Label();
        Label done = new Label();
        code.asm.load(events, 2, poll, num(MASTER + REVENTS));
        code.asm.jumpIf(events, Condition.EQUAL, num(0), done);
        code.asm.jumpIf(in.left(), Condition.EQUAL, num(0), written);
        in.write(master, written);
        code.asm.place(written);
        code.asm.jumpIf(out.left(), Condition.NOT_EQUAL, num(0), full);
        code.asm.move(count, num(0));
        out.read(master, count, failed);
        code.asm.jump(done);
        code.asm.place(failed);
        code.asm.jumpIf(count, Condition.EQUAL, num(-Errno.EAGAIN.number()), done);
        code.asm.jump(idle);
        code.asm.place(full);
        code.asm.jumpIf(events, Condition.LESS, num(POLLHUP), done);
        code.asm.place(idle);
        code.asm.move(unused, num(1));
        code.asm.place(done);
        code.asm.release(count);
    }

    private void readInput(Register events) {
        Register count = code.asm.register();
        Label none = new Label();
        Label done = new Label();
        code.asm.load(events, 2, poll, num(INPUT + REVENTS));
        code.asm.jumpIf(events, Condition.EQUAL, num(0), done);
        in.read(num(0), count, none);
        code.asm.add(count, count, num(-1));
        code.asm.load(lastByte, 1, in.buffer(), count);
        code.asm.jump(done);
        code.asm.place(none);
        code.asm.jumpIf(count, Condition.EQUAL, num(-Errno.EAGAIN.number()), done);
        code.asm.jumpIf(count, Condition.EQUAL, num(-Errno.EINTR.number()), done);
        code.asm.move(input, num(-1));
        endInput(count, done);
        code.asm.place(done);
        code.asm.release(count);
    }

    /** What a person would type for it; after a line that is not finished, where the first only finishes that, twice. */
    private void endInput(Register key, Label done) {
        Label once = new Label();
        Data termios = code.scratch(TERMIOS_SIZE);
        code.call(Syscall.IOCTL, master, num(TCGETS), termios).onAnyError(done);
        code.asm.load(key, 1, termios, num(VEOF));
        code.asm.jumpIf(key, Condition.EQUAL, num(0), done);
        code.asm.store(1, in.buffer(), num(0), key);
        code.asm.store(1, in.buffer(), num(1), key);
        in.hold(num(1));
        code.asm.jumpIf(lastByte, Condition.EQUAL, num('\n'), once);
        in.hold(num(2));
        code.asm.place(once);
    }

    /** Signals that mean something to the relay itself; those that are not for the container go to {@code again}. */
    void heed(Register signal, Label again) {
        Label next = new Label();
        Label resumed = new Label();
        code.asm.jumpIf(signal, Condition.EQUAL, num(SIGPIPE), again);
        if (terminal.exists()) {
            code.asm.jumpIf(signal, Condition.EQUAL, num(SIGCONT), resumed);
            code.asm.jumpIf(signal, Condition.NOT_EQUAL, num(SIGWINCH), next);
            terminal.resize(master);
            code.asm.jump(again);
            code.asm.place(resumed);
            terminal.makeRawAgain();
            terminal.resize(master);
        }
        code.asm.place(next);
    }

    // ---- afterwards

    /** Writes what the container still had to say; a signal ends that. */
    void drain(Register signals) {
        Register word = code.asm.register();
        Data info = code.asm.zeros(128);
        Label next = new Label();
        Label pending = new Label();
        Label told = new Label();
        Label done = new Label();
        code.step("write what is left of the output", "/process/terminal");
        code.asm.store(4, poll, num(INPUT), num(-1));
        code.asm.store(4, poll, num(MASTER), num(-1));
        code.asm.place(next);
        code.asm.jumpIf(out.left(), Condition.NOT_EQUAL, num(0), pending);
        out.read(master, word, done);
        code.asm.place(pending);
        code.asm.store(4, poll, num(OUTPUT), output);
        code.call(Syscall.PPOLL, poll, num(4), num(0), num(0), num(8)).repeating();
        code.asm.load(word, 2, poll, num(OUTPUT + REVENTS));
        code.asm.jumpIf(word, Condition.EQUAL, num(0), told);
        out.write(output, done);
        code.asm.place(told);
        code.asm.load(word, 2, poll, num(SIGNALS + REVENTS));
        code.asm.jumpIf(word, Condition.EQUAL, num(0), next);
        code.call(Syscall.READ, signals, info, num(128)).repeating();
        code.asm.load(word, 4, info, num(0));
        for (int other : new int[] {SIGCHLD, SIGCONT, SIGWINCH}) {
            code.asm.jumpIf(word, Condition.EQUAL, num(other), next);
        }
        code.asm.place(done);
        code.asm.release(word);
    }

    /** The caller's terminal as it was. */
    void end() {
        code.step("give the caller's terminal back", "/process/terminal");
        terminal.restore();
    }
}
