package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.MSG_NOSIGNAL;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hook;
import dev.confine.state.Status;

/**
 * The hooks startContainer: programs of the image, run by the container's process right before its own program, as the same user and under the same restrictions.
 */
final class StartHooks extends HookRun {
    private final Blueprint blueprint;
    private final Execution execution;
    private final Register starter;

    /** @param starter where a created container says what failed */
    StartHooks(Code code, Blueprint blueprint, Execution execution, Register starter) {
        super(code, num(-1));
        this.blueprint = blueprint;
        this.execution = execution;
        this.starter = starter;
    }

    void run() {
        HookState state = HookState.of(code, blueprint, Status.CREATED);
        code.step("tell the hooks the pid", "/hooks/startContainer");
        state.ownPid();
        run(blueprint.hooks().startContainer(), "/hooks/startContainer", state);
        release();
    }

    @Override
    boolean isOutside() {
        return false;
    }

    @Override
    void enterSurroundings(Register result, Label failed) {
        new Limits(code, blueprint).lower();
        execution.restrict();
    }

    @Override
    void failed(Hook hook, Data report, Register size) {
        if (blueprint.mode() != Blueprint.Mode.CREATE) {
            refuse(report, size);
            return;
        }
        code.call(Syscall.SENDTO, starter, report, size, num(MSG_NOSIGNAL), num(0), num(0))
                .ignoringErrors();
        code.asm.exit(num(1));
    }
}
