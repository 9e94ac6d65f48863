package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The line between Java and {@code criu swrk}: a pair of sockets, and the front between them. Messages are at most 32 KiB long, and what they mean is Java's. A message of
 * Java's that begins with a letter is for the front: no message for criu begins so, as all have the number 1 for their first field.
 */
final class CriuLine {
    private static final int LONGEST_MESSAGE = 32768;
    private static final int VALUE = 8;
    private static final int HEADER_CONTROL_SIZE = 40;
    private static final int CONTROL_SIZE = 24;
    private static final int CONTROL_FD = 16;
    private static final int POLLFD = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** criu's end. */
    final Register criu;

    /** What criu has handed over, a terminal; -1 where it has not. */
    final Register handed;

    private final Code code;
    private final Register front;
    private final Register count;
    private final Data message;
    private final Map<Integer, Runnable> letters = new LinkedHashMap<>();

    CriuLine(Code code) {
        this.code = code;
        this.front = code.asm.register();
        this.criu = code.asm.register();
        this.handed = code.asm.register();
        this.count = code.asm.register();
        this.message = code.asm.zeros(LONGEST_MESSAGE);
    }

    /** Has the front do this when Java says {@code letter}. */
    void on(int letter, Runnable emit) {
        letters.put(letter, emit);
    }

    void open() {
        code.step("make the line to criu", "");
        Data pair = code.asm.zeros(8);
        code.asm.move(handed, num(-1));
        code.call(Syscall.SOCKETPAIR, num(AF_UNIX), num(SOCK_SEQPACKET | SOCK_CLOEXEC), num(0), pair);
        code.asm.load(front, 4, pair, num(0));
        code.asm.load(criu, 4, pair, num(4));
    }

    /** The number that Java says with a letter. */
    void value(Register value) {
        code.asm.load(value, 8, message, num(VALUE));
    }

    /**
     * Takes messages from Java to criu and says {@link Tags#CRIU_SAYS} with each answer, which is empty when criu has ended; until one from Java is empty.
     *
     * @param signals a signalfd that ends it, or the constant -1
     */
    void relay(Operand signals) {
        Label next = new Label();
        Label done = new Label();
        List<Label> labels = new ArrayList<>();
        Register letter = code.asm.register();
        code.step("talk to criu", "");
        code.cure(Errno.EPIPE, "criu ended without an answer; `criu check` tells whether it works here");
        code.cure(Errno.EINTR, "a signal came while criu worked");
        code.asm.place(next);
        code.asm.receive(count, message, LONGEST_MESSAGE, signals);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), done);
        code.asm.load(letter, 1, message, num(0));
        for (int word : letters.keySet()) {
            Label label = new Label();
            labels.add(label);
            code.asm.jumpIf(letter, Condition.EQUAL, num(word), label);
        }
        code.asm.release(letter);
        code.call(Syscall.SENDTO, front, message, count, num(MSG_NOSIGNAL), num(0), num(0));
        hear(signals);
        code.asm.sendBytes(Tags.CRIU_SAYS, message, count);
        code.asm.jump(next);
        int index = 0;
        for (Runnable emit : letters.values()) {
            code.asm.place(labels.get(index++));
            emit.run();
            code.asm.jump(next);
        }
        code.asm.place(done);
        code.call(Syscall.CLOSE, front);
    }

    private void hear(Operand signals) {
        Data control = code.asm.zeros(CONTROL_SIZE);
        Data vector = code.asm.words(message, num(LONGEST_MESSAGE));
        Data header = code.asm.words(num(0), num(0), vector, num(1), control, num(CONTROL_SIZE), num(0));
        Register size = code.asm.register();
        Label nothing = new Label();
        awaitMessage(signals, size);
        code.asm.store(8, header, num(HEADER_CONTROL_SIZE), num(CONTROL_SIZE));
        code.call(Syscall.RECVMSG, front, header, num(MSG_CMSG_CLOEXEC))
                .into(count)
                .repeating();
        code.asm.load(size, 8, header, num(HEADER_CONTROL_SIZE));
        code.asm.jumpIf(size, Condition.NOT_EQUAL, num(CONTROL_SIZE), nothing);
        code.asm.load(handed, 4, control, num(CONTROL_FD));
        code.asm.place(nothing);
        code.asm.release(size);
    }

    private void awaitMessage(Operand signals, Register signalled) {
        if (!(signals instanceof Register)) {
            return;
        }
        Label heard = new Label();
        Data poll = code.asm.zeros(2 * POLLFD);
        code.asm.set(poll.plus(POLLFD_EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(POLLFD + POLLFD_EVENTS), 2, POLLIN);
        code.asm.store(4, poll, num(0), front);
        code.asm.store(4, poll, num(POLLFD), signals);
        code.call(Syscall.PPOLL, poll, num(2), num(0), num(0), num(8)).repeating();
        code.asm.load(signalled, 2, poll, num(POLLFD + POLLFD_REVENTS));
        code.asm.jumpIf(signalled, Condition.EQUAL, num(0), heard);
        code.asm.fail(num(Errno.EINTR.number()));
        code.asm.place(heard);
    }

    /** In the process that becomes criu, whose end is open as {@code fd}. */
    void execute(String program, int fd) {
        Data arguments = code.strings(List.of(code.text("criu"), code.text("swrk"), code.text(Integer.toString(fd))));
        Data environment = code.strings(List.of(code.text(PATH)));
        code.call(Syscall.EXECVE, code.text(program), arguments, environment);
    }

    /** Opens a directory, and says its number: criu opens it through the front's file descriptor. */
    static Register directory(Code code, String path) {
        Register fd = code.asm.register();
        code.step("open the directory " + path, "");
        code.cure(Errno.ENOENT, "make it");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_CLOEXEC | O_DIRECTORY), num(0))
                .into(fd);
        code.asm.send(Tags.DIRECTORY, fd);
        return fd;
    }

    /** Waits for the end of a process. */
    static void await(Code code, Register process) {
        code.call(Syscall.WAITID, num(P_PIDFD), process, num(0), num(WEXITED), num(0))
                .ignoringErrors();
    }
}
