package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.spec.Hook;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.util.List;

/**
 * The hooks poststop: run when nothing is left of the container, each whatever became of those before it. What fails is a warning. They are not ended when the
 * process that runs them is, because what they clean up nobody else will.
 */
final class PoststopHooks extends RuntimeHooks {
    private static final String POINTER = "/hooks/poststop";

    private final HookWarning warning;

    private PoststopHooks(Code code, String bundle, Operand endings, HookWarning warning) {
        super(code, bundle, endings);
        this.warning = warning;
    }

    /** Those of a container that the program itself has made. */
    static void run(Code code, Blueprint blueprint, HookWatch watch, HookWarning warning) {
        List<Hook> hooks = blueprint.hooks().poststop();
        if (!hooks.isEmpty()) {
            new PoststopHooks(code, blueprint.request().bundle(), watch.signals(), warning)
                    .run(hooks, HookState.of(code, blueprint, Status.STOPPED));
        }
    }

    /** Those of a container that another program has made. */
    static void run(Code code, ContainerState state, List<Hook> hooks, HookWarning warning) {
        new PoststopHooks(code, state.bundle(), num(-1), warning).run(hooks, HookState.of(code, state, Status.STOPPED));
    }

    private void run(List<Hook> hooks, HookState state) {
        for (int i = 0; i < hooks.size(); i++) {
            Label next = new Label();
            code.asm.onFailure(next);
            run(i, hooks.get(i), POINTER + "/" + i, state);
            code.asm.place(next);
        }
        code.asm.onFailure(null);
        release();
    }

    @Override
    boolean endsWithItsMaker() {
        return false;
    }

    @Override
    void failed(Hook hook, Data report, Register size) {
        warning.emit(hook, report, size);
    }
}
