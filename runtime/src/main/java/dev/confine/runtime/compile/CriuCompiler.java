package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch program that starts {@code criu swrk} with one end of a socket pair and carries messages between it and Java, each at most 32 KiB long. What they
 * mean is Java's. criu opens the directories through the front's file descriptors, so their numbers are told first.
 */
public final class CriuCompiler {
    private static final int LONGEST_MESSAGE = 32768;
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private CriuCompiler() {}

    /**
     * Says {@link Tags#DIRECTORY} for each directory, then waits for a message, hands it to criu and says {@link Tags#CRIU_SAYS} with the answer, which is empty when
     * criu has ended; and so on until the message is empty.
     *
     * @param criu absolute path of the program
     * @param images absolute path of a directory
     * @param work the same, or null
     */
    public static Compiled compile(String criu, String images, @Nullable String work) {
        Code code = new Code();
        Register process = code.asm.register();
        Register front = code.asm.register();
        Register back = code.asm.register();
        Register count = code.asm.register();
        Label child = new Label();
        Label undo = new Label();
        directory(code, images);
        if (work != null) {
            directory(code, work);
        }
        code.step("make the line to criu", "");
        Data pair = code.asm.zeros(8);
        code.call(Syscall.SOCKETPAIR, num(AF_UNIX), num(SOCK_SEQPACKET | SOCK_CLOEXEC), num(0), pair);
        code.asm.load(front, 4, pair, num(0));
        code.asm.load(back, 4, pair, num(4));
        code.step("run " + criu, "");
        Stage.clone3(code, 0, SIGCHLD).into(count);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), child);
        code.call(Syscall.PIDFD_OPEN, count, num(0)).into(process);
        code.asm.onFailure(undo);
        code.call(Syscall.CLOSE, back);
        relay(code, front, count);
        code.call(Syscall.CLOSE, front);
        wait(code, process);
        code.asm.end();

        code.asm.place(undo);
        code.step("end criu", "");
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .ignoringErrors();
        wait(code, process);
        code.asm.end();

        code.asm.place(child);
        execute(code, criu, back);
        return code.finish();
    }

    private static void directory(Code code, String path) {
        Register fd = code.asm.register();
        code.step("open the directory " + path, "");
        code.cure(Errno.ENOENT, "make it");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_CLOEXEC | O_DIRECTORY), num(0))
                .into(fd);
        code.asm.send(Tags.DIRECTORY, fd);
    }

    private static void relay(Code code, Register socket, Register count) {
        Data message = code.asm.zeros(LONGEST_MESSAGE);
        Label next = new Label();
        Label done = new Label();
        code.step("talk to criu", "");
        code.cure(Errno.EPIPE, "criu ended without an answer; `criu check` tells whether it works here");
        code.asm.place(next);
        code.asm.receive(count, message, LONGEST_MESSAGE, num(-1));
        code.asm.jumpIf(count, Condition.EQUAL, num(0), done);
        code.call(Syscall.SENDTO, socket, message, count, num(MSG_NOSIGNAL), num(0), num(0));
        code.call(Syscall.READ, socket, message, num(LONGEST_MESSAGE))
                .into(count)
                .repeating();
        code.asm.sendBytes(Tags.CRIU_SAYS, message, count);
        code.asm.jump(next);
        code.asm.place(done);
    }

    private static void wait(Code code, Register process) {
        code.call(Syscall.WAITID, num(P_PIDFD), process, num(0), num(WEXITED), num(0))
                .ignoringErrors();
    }

    /** The socket is its standard input, and its words of stderr are the caller's to read. */
    private static void execute(Code code, String criu, Register socket) {
        code.step("run " + criu, "");
        code.call(Syscall.DUP3, socket, num(0), num(0));
        code.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC));
        Data arguments = code.strings(List.of(code.text("criu"), code.text("swrk"), code.text("0")));
        Data environment = code.strings(List.of(code.text(PATH)));
        code.call(Syscall.EXECVE, code.text(criu), arguments, environment);
    }
}
