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
import dev.confine.spec.Hook;

/**
 * Hooks createContainer in a mount namespace that was joined, {@code config.md#createcontainer-hooks}: a hook's path is one of the runtime's, where its program is
 * looked up and opened, and the program runs in the namespace. A dynamic loader, or the interpreter of a script, is that namespace's own. It begins in the
 * container's root file system, and not in the bundle, which is outside of where it runs.
 */
final class JoinedMountsHooks extends HookRun {
    private final Blueprint blueprint;
    private final Register runtimeRoot;
    private final Register root;
    private final Data nothing;

    JoinedMountsHooks(Code code, Blueprint blueprint, Register runtimeRoot, Register root) {
        super(code, num(-1));
        this.blueprint = blueprint;
        this.runtimeRoot = runtimeRoot;
        this.root = root;
        this.nothing = code.text("");
    }

    @Override
    Call openOutput(Data path, long flags) {
        Data how = code.struct(flags, OUTPUT_MODE, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
        return code.call(Syscall.OPENAT2, runtimeRoot, path, how, num(24));
    }

    @Override
    void enterSurroundings(Register result, Label failed) {
        code.call(Syscall.UMASK, num(blueprint.caller().umask()));
        code.call(Syscall.FCHDIR, root).into(result).onAnyError(failed);
    }

    @Override
    void become(String path, Data args, Data env, Register result, Label failed) {
        Label refused = new Label();
        Label givenUp = new Label();
        Register why = code.asm.register();
        code.openInRoot(runtimeRoot, path, O_PATH, 0, result).onAnyError(failed);
        execute(result, args, env).into(why).onAnyError(refused);
        code.asm.place(refused);
        // so the kernel says of a script whose file would be closed when its interpreter is to read it
        code.asm.jumpIf(why, Condition.NOT_EQUAL, num(-Errno.ENOENT.number()), givenUp);
        code.call(Syscall.FCNTL, result, num(F_SETFD), num(0)).into(why).onAnyError(givenUp);
        execute(result, args, env).into(why).onAnyError(givenUp);
        code.asm.place(givenUp);
        code.asm.move(result, why);
        code.asm.release(why);
    }

    private Call execute(Register program, Data args, Data env) {
        return code.call(Syscall.EXECVEAT, program, nothing, args, env, num(AT_EMPTY_PATH));
    }

    @Override
    void failed(Hook hook, Data report, Register size) {
        refuse(report, size);
    }
}
