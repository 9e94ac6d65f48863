package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs hooks, {@code config.md#posix-platform-hooks}: each is a process of its own with the state as stdin, what it writes kept for the message about its
 * failure, and at most its timeout to live. Where it runs, and what follows from its failure, is said by who extends this.
 */
abstract class HookRun {
    private static final int SIGINFO_CODE = 8;
    private static final int SIGINFO_STATUS = 24;
    private static final int STATX_SIZE = 40;
    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;

    static final int OUTPUT_MODE = 0600;

    final Code code;
    private final Operand endings;
    private final Data report;
    private final Data pair;
    private final Data poll;
    private final Data info;
    private final Register input;
    private final Register output;
    private final Register reader;
    private final Register writer;
    private final Register process;

    /** @param endings a signalfd whose signals end a hook, or the constant -1 */
    HookRun(Code code, Operand endings) {
        this.code = code;
        this.endings = endings;
        this.report = code.asm.zeros(HookReport.HEADER + HookReport.LONGEST_OUTPUT);
        this.pair = code.asm.zeros(8);
        this.poll = code.asm.zeros(16);
        this.info = code.asm.zeros(128);
        this.input = code.asm.register();
        this.output = code.asm.register();
        this.reader = code.asm.register();
        this.writer = code.asm.register();
        this.process = code.asm.register();
    }

    /** In the hook's process, before its program: what makes its surroundings those of its kind. An error goes to {@code failed}, in {@code result}. */
    abstract void enterSurroundings(Register result, Label failed);

    /** In the process that ran {@code hook}, which failed: {@code size} bytes at {@code report}, as {@link HookReport} reads them. */
    abstract void failed(Hook hook, Data report, Register size);

    /** Whether a hook ends with the process that runs it. */
    boolean endsWithItsMaker() {
        return true;
    }

    /** Says that a hook failed, and fails. */
    final void refuse(Data report, Register size) {
        code.asm.sendBytes(Tags.HOOK_FAILED, report, size);
        code.asm.fail(num(Errno.ECHILD.number()));
    }

    /** Runs the hooks in their order. */
    void run(List<Hook> hooks, String pointer, HookState state) {
        for (int i = 0; i < hooks.size(); i++) {
            run(i, hooks.get(i), pointer + "/" + i, state);
        }
    }

    /** Gives the registers back; no hook is run after that. */
    final void release() {
        code.asm.release(input, output, reader, writer, process);
    }

    final void run(int index, Hook hook, String pointer, HookState state) {
        Label parent = new Label();
        Label succeeded = new Label();
        Register child = code.asm.register();
        code.step("run the hook " + hook.path(), pointer);
        openFiles(state);
        Register maker = code.asm.register();
        code.call(Syscall.GETPID).into(maker);
        code.call(Syscall.CLONE3, code.struct(0, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0), num(88))
                .into(child);
        code.asm.jumpIf(child, Condition.NOT_EQUAL, num(0), parent);
        execute(hook, maker, state);
        code.step("run the hook " + hook.path(), pointer);
        code.asm.place(parent);
        code.call(Syscall.PIDFD_OPEN, child, num(0)).into(process);
        code.asm.release(child, maker);
        code.call(Syscall.CLOSE, writer);
        await(hook, succeeded);
        Register size = code.asm.register();
        takeOutput(size);
        code.asm.store(4, report, num(HookReport.INDEX), num(index));
        failed(hook, report, size);
        code.asm.release(size);
        code.asm.place(succeeded);
        closeFiles();
    }

    private void openFiles(HookState state) {
        code.call(Syscall.MEMFD_CREATE, code.text("hook-state"), num(MFD_CLOEXEC))
                .into(input);
        code.call(Syscall.PWRITE64, input, state.data(), num(state.size()), num(0));
        code.call(Syscall.MEMFD_CREATE, code.text("hook-output"), num(MFD_CLOEXEC))
                .into(output);
        // what the hook's process sends here says why its program could not be executed
        code.call(Syscall.SOCKETPAIR, num(AF_UNIX), num(SOCK_SEQPACKET | SOCK_CLOEXEC), num(0), pair);
        code.asm.load(reader, 4, pair, num(0));
        code.asm.load(writer, 4, pair, num(4));
    }

    private void closeFiles() {
        for (Register fd : new Register[] {input, output, reader, process}) {
            code.call(Syscall.CLOSE, fd);
        }
    }

    // ---- the hook's process

    private void execute(Hook hook, Register maker, HookState state) {
        Label failed = new Label();
        Register result = code.asm.register();
        code.call(Syscall.DUP3, input, num(0), num(0)).into(result).onAnyError(failed);
        code.call(Syscall.DUP3, output, num(1), num(0)).into(result).onAnyError(failed);
        code.call(Syscall.DUP3, output, num(2), num(0)).into(result).onAnyError(failed);
        if (isOutside()) {
            write(1, state.file(Annotations.HOOK_STDOUT), result, failed);
            write(2, state.file(Annotations.HOOK_STDERR), result, failed);
        }
        // a group of its own: what it started ends with it when it takes too long
        code.call(Syscall.SETPGID, num(0), num(0)).into(result).onAnyError(failed);
        code.call(Syscall.RT_SIGPROCMASK, num(SIG_SETMASK), code.struct(0), num(0), num(8))
                .into(result)
                .onAnyError(failed);
        if (endsWithItsMaker()) {
            dieWith(maker, result, failed);
        }
        code.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC))
                .into(result)
                .onAnyError(failed);
        enterSurroundings(result, failed);
        List<String> args = hook.args().isEmpty() ? List.of(hook.path()) : hook.args();
        become(hook.path(), texts(args), texts(hook.env()), result, failed);
        code.asm.place(failed);
        code.asm.store(4, pair, num(0), result);
        code.call(Syscall.SENDTO, writer, pair, num(4), num(MSG_NOSIGNAL), num(0), num(0))
                .ignoringErrors();
        code.asm.exit(num(127));
        code.asm.release(result);
    }

    private void write(int fd, @Nullable String file, Register result, Label failed) {
        if (file != null && !file.isEmpty()) {
            openOutput(code.text(file), O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC)
                    .into(result)
                    .onAnyError(failed);
            code.call(Syscall.DUP3, result, num(fd), num(0)).into(result).onAnyError(failed);
        }
    }

    /** Opens the file of the host that what a hook writes goes to. */
    Call openOutput(Data path, long flags) {
        return code.call(Syscall.OPENAT, num(AT_FDCWD), path, num(flags), num(OUTPUT_MODE));
    }

    /** Executes the program of the hook; an error goes to {@code failed}, or on, in {@code result}. */
    void become(String path, Data args, Data env, Register result, Label failed) {
        code.call(Syscall.EXECVE, code.text(path), args, env).into(result).onAnyError(failed);
    }

    /** Whether it has the files of the host, so that what it writes may go to one. */
    boolean isOutside() {
        return true;
    }

    /** Where its maker is undone the hook goes too, also where no pid namespace sees to it. */
    private void dieWith(Register maker, Register result, Label failed) {
        Label there = new Label();
        code.call(Syscall.PRCTL, num(PR_SET_PDEATHSIG), num(SIGKILL), num(0), num(0), num(0))
                .into(result)
                .onAnyError(failed);
        code.call(Syscall.GETPPID).into(result);
        code.asm.jumpIf(result, Condition.EQUAL, maker, there);
        code.asm.exit(num(127));
        code.asm.place(there);
    }

    private Data texts(List<String> strings) {
        List<Data> texts = new ArrayList<>(strings.size());
        for (String string : strings) {
            texts.add(code.text(string));
        }
        return code.strings(texts);
    }

    // ---- the process that waits for it

    /** Goes to {@code succeeded}, or on with the report's header filled in. */
    private void await(Hook hook, Label succeeded) {
        Label ended = new Label();
        Label failed = new Label();
        Register how = code.asm.register();
        Register value = code.asm.register();
        awaitEnd(hook.timeout(), how, value, ended);
        code.asm.place(ended);
        code.call(Syscall.WAITID, num(P_PIDFD), process, info, num(WEXITED), num(0))
                .repeating();
        code.asm.load(value, 4, info, num(SIGINFO_STATUS));
        code.asm.store(4, report, num(HookReport.STATUS), value);
        code.asm.jumpIf(how, Condition.NOT_EQUAL, num(0), failed);
        code.asm.move(how, num(HookReport.NOT_EXECUTED));
        code.call(Syscall.READ, reader, report.plus(HookReport.STATUS), num(4))
                .into(value)
                .repeating();
        code.asm.jumpIf(value, Condition.NOT_EQUAL, num(0), failed);
        code.asm.load(how, 4, info, num(SIGINFO_CODE));
        code.asm.jumpIf(how, Condition.NOT_EQUAL, num(CLD_EXITED), failed);
        code.asm.load(value, 4, report, num(HookReport.STATUS));
        code.asm.jumpIf(value, Condition.EQUAL, num(0), succeeded);
        code.asm.place(failed);
        code.asm.store(4, report, num(HookReport.HOW), how);
        code.asm.release(how, value);
    }

    /** Leaves in {@code how} why it had to be killed, or 0. */
    private void awaitEnd(@Nullable Integer timeout, Register how, Register value, Label ended) {
        Label kill = new Label();
        code.asm.store(4, poll, num(0), process);
        code.asm.store(4, poll, num(POLLFD_SIZE), endings);
        code.asm.set(poll.plus(POLLFD_EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(POLLFD_SIZE + POLLFD_EVENTS), 2, POLLIN);
        Operand limit = timeout == null ? num(0) : code.struct(timeout, 0);
        code.call(Syscall.PPOLL, poll, num(2), limit, num(0), num(8))
                .into(value)
                .repeating();
        code.asm.move(how, num(HookReport.TIMED_OUT));
        code.asm.jumpIf(value, Condition.EQUAL, num(0), kill);
        code.asm.move(how, num(0));
        code.asm.load(value, 2, poll, num(POLLFD_REVENTS));
        code.asm.jumpIf(value, Condition.NOT_EQUAL, num(0), ended);
        code.asm.move(how, num(HookReport.INTERRUPTED));
        code.asm.place(kill);
        // since Linux 6.9; before, what the hook has started is left to itself
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(PIDFD_SIGNAL_PROCESS_GROUP))
                .ignoringErrors();
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .ignoringErrors();
    }

    /** Reads the last of what the hook wrote; {@code size} is that of the whole report. */
    private void takeOutput(Register size) {
        Label known = new Label();
        Register from = code.asm.register();
        code.stat(output);
        code.asm.load(from, 8, code.statx(), num(STATX_SIZE));
        code.asm.add(from, from, num(-HookReport.LONGEST_OUTPUT));
        code.asm.jumpIf(from, Condition.AT_LEAST, num(0), known);
        code.asm.move(from, num(0));
        code.asm.place(known);
        code.call(Syscall.PREAD64, output, report.plus(HookReport.HEADER), num(HookReport.LONGEST_OUTPUT), from)
                .into(size);
        code.asm.add(size, size, num(HookReport.HEADER));
        code.asm.release(from);
    }
}
