package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Hooks that run where the caller is, in the bundle; where that is gone, in the root directory. */
abstract class RuntimeHooks extends HookRun {
    private final String bundle;

    RuntimeHooks(Code code, String bundle, Operand endings) {
        super(code, endings);
        this.bundle = bundle;
    }

    @Override
    final void enterSurroundings(Register result, Label failed) {
        Label gone = new Label();
        Label entered = new Label();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(bundle), num(O_PATH | O_DIRECTORY | O_CLOEXEC), num(0))
                .into(result)
                .onAnyError(gone);
        code.call(Syscall.FCHDIR, result).onAnyError(gone);
        code.asm.jump(entered);
        code.asm.place(gone);
        code.call(Syscall.CHDIR, code.text("/")).into(result).onAnyError(failed);
        code.asm.place(entered);
    }
}
