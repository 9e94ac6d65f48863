package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * A process between the front and the container's, which joins namespaces, because the front must stay where it is. It makes the container's process, which is
 * still the front's child (CLONE_PARENT), tells its pid and ends. What is emitted between {@link #begin} and {@link #makeProcess} is the stage's.
 */
final class Stage {
    private final Code code;
    private final Limits limits;
    private final Cgroups cgroups;
    private final Register pid;
    private final Register reader;
    private final Register writer;
    private final Data word;
    private final Label made = new Label();

    /** @param pid where the front finds the pid of the container's process */
    Stage(Code code, Blueprint blueprint, Cgroups cgroups, Register pid) {
        this.code = code;
        this.limits = new Limits(code, blueprint);
        this.cgroups = cgroups;
        this.pid = pid;
        this.reader = code.asm.register();
        this.writer = code.asm.register();
        this.word = code.asm.zeros(8);
    }

    /** clone3(2) of a process with a copy of everything. */
    static Call clone3(Code code, long flags, int signal) {
        return clone3(code, code.asm.zeros(CLONE_ARGS_SIZE), flags, signal);
    }

    private static Call clone3(Code code, Data args, long flags, int signal) {
        code.asm.set(args, 8, flags);
        code.asm.set(args.plus(32), 8, signal);
        return code.call(Syscall.CLONE3, args, num(CLONE_ARGS_SIZE));
    }

    /** The same, of a process that begins in the container's cgroup of v2. */
    static Call clone3(Code code, Cgroups cgroups, long flags, int signal) {
        Data args = code.asm.zeros(CLONE_ARGS_SIZE);
        return clone3(code, args, flags | cgroups.into(args), signal);
    }

    /** Makes the stage, in the current step. */
    void begin() {
        Data pipe = code.asm.zeros(8);
        Label stage = new Label();
        code.call(Syscall.PIPE2, pipe, num(O_CLOEXEC));
        code.asm.load(reader, 4, pipe, num(0));
        code.asm.load(writer, 4, pipe, num(4));
        Register child = code.asm.register();
        clone3(code, cgroups, 0, SIGCHLD).into(child);
        code.asm.jumpIf(child, Condition.EQUAL, num(0), stage);
        code.call(Syscall.CLOSE, writer);
        Register count = code.asm.register();
        code.call(Syscall.READ, reader, word, num(4)).into(count).repeating();
        code.call(Syscall.WAIT4, child, num(0), num(0), num(0)).repeating();
        Label heard = new Label();
        code.asm.jumpIf(count, Condition.EQUAL, num(4), heard);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(heard);
        code.asm.load(pid, 4, word, num(0));
        code.call(Syscall.CLOSE, reader);
        code.asm.jump(made);
        code.asm.place(stage);
        code.asm.release(child, count);
        limits.scoreOwn();
    }

    /** Makes the container's process, which goes on at {@code container}; the front goes on after this. */
    void makeProcess(long newNamespaces, Label container) {
        clone3(code, newNamespaces | CLONE_PARENT, 0).into(pid);
        code.asm.jumpIf(pid, Condition.EQUAL, num(0), container);
        code.asm.store(4, word, num(0), pid);
        code.call(Syscall.WRITE, writer, word, num(4));
        code.asm.exit(num(0));
        code.asm.place(made);
        code.asm.release(reader, writer);
    }
}
