package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/** A launch program that starts {@code criu swrk} for a checkpoint, and carries messages between it and Java: {@link CriuLine}. */
public final class CriuCompiler {
    /** Java says so when whoever reads the status may go on. */
    public static final int READY = 'R';

    /** Java says so when criu has answered and would wait for more: after a pre-dump. */
    public static final int ENOUGH = 'E';

    private static final long F_GETFL = 3;

    private CriuCompiler() {}

    /**
     * Says {@link Tags#DIRECTORY} for each directory, then relays until Java's message is empty.
     *
     * @param criu absolute path of the program
     * @param images absolute path of a directory
     * @param work the same, or null
     * @param status a file descriptor of the caller's that {@link #READY} is passed on to, or -1
     */
    public static Compiled compile(String criu, String images, @Nullable String work, int status) {
        Code code = new Code();
        CriuLine line = new CriuLine(code);
        Register process = code.asm.register();
        Register pid = code.asm.register();
        Label child = new Label();
        Label undo = new Label();
        CriuLine.directory(code, images);
        if (work != null) {
            CriuLine.directory(code, work);
        }
        if (status >= 0) {
            code.step("look at file descriptor " + status, "");
            code.cure(Errno.EBADF, "--status-fd names none that is open");
            code.call(Syscall.FCNTL, num(status), num(F_GETFL), num(0));
            line.on(READY, () -> {
                code.call(Syscall.WRITE, num(status), code.text(""), num(1)).ignoringErrors();
                // who reads there waits for its end, too
                code.call(Syscall.CLOSE, num(status)).ignoringErrors();
            });
        }
        line.on(ENOUGH, () -> kill(code, process));
        line.open();
        code.step("run " + criu, "");
        Stage.clone3(code, 0, SIGCHLD).into(pid);
        code.asm.jumpIf(pid, Condition.EQUAL, num(0), child);
        code.call(Syscall.PIDFD_OPEN, pid, num(0)).into(process);
        code.asm.onFailure(undo);
        code.call(Syscall.CLOSE, line.criu);
        line.relay(num(-1));
        CriuLine.await(code, process);
        code.asm.end();

        code.asm.place(undo);
        code.step("end criu", "");
        kill(code, process);
        CriuLine.await(code, process);
        code.asm.end();

        code.asm.place(child);
        code.step("run " + criu, "");
        // its words of stderr are the caller's to read
        code.call(Syscall.DUP3, line.criu, num(0), num(0));
        code.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC));
        line.execute(criu, 0);
        return code.finish();
    }

    private static void kill(Code code, Register process) {
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .ignoringErrors();
    }
}
