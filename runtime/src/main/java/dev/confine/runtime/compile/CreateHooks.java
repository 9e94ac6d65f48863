package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.NamespaceType;
import dev.confine.state.Status;
import org.jspecify.annotations.Nullable;

/**
 * The hooks before pivot_root, when all mounts are made: prestart and createRuntime in the front, then createContainer in the container's process, which has the
 * container's namespaces and the host's files. Where the mount namespace is joined its files may be others: there the runtime's root is kept open for the programs.
 */
final class CreateHooks {
    private final Code code;
    private final Blueprint blueprint;
    private final Hooks hooks;
    private @Nullable Register runtimeRoot;

    CreateHooks(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.hooks = blueprint.hooks();
    }

    /** In the front, before namespaces are joined. */
    void open() {
        if (!hooks.createContainer().isEmpty() && blueprint.joins(NamespaceType.MOUNT)) {
            Register opened = code.asm.register();
            code.step("keep the root for the programs of hooks", "/hooks/createContainer");
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/"), num(O_PATH | O_DIRECTORY | O_CLOEXEC), num(0))
                    .into(opened);
            runtimeRoot = opened;
        }
    }

    /** In the front, when the container's process is there. */
    void leave() {
        if (runtimeRoot != null) {
            code.call(Syscall.CLOSE, runtimeRoot);
        }
    }

    void runInFront(Register pid, HookWatch watch) {
        if (hooks.prestart().isEmpty() && hooks.createRuntime().isEmpty()) {
            return;
        }
        HookState state = HookState.of(code, blueprint, Status.CREATING);
        HookRun run = new NeededHooks(code, blueprint.request().bundle(), watch.signals());
        code.step("tell the hooks the pid", "/hooks");
        state.pid(pid);
        run.run(hooks.prestart(), "/hooks/prestart", state);
        run.run(hooks.createRuntime(), "/hooks/createRuntime", state);
        run.release();
    }

    /** In the container's process. */
    void runInContainer(Register root) {
        if (hooks.createContainer().isEmpty()) {
            return;
        }
        HookState state = HookState.of(code, blueprint, Status.CREATING);
        code.step("tell the hooks the pid", "/hooks/createContainer");
        state.ownPid();
        HookRun run =
                runtimeRoot == null ? new InContainer(root) : new JoinedMountsHooks(code, blueprint, runtimeRoot, root);
        run.run(hooks.createContainer(), "/hooks/createContainer", state);
        run.release();
        if (runtimeRoot != null) {
            code.step("leave the root that was kept for hooks", "/hooks/createContainer");
            code.close(runtimeRoot);
        }
    }

    private final class InContainer extends HookRun {
        private final Register root;

        InContainer(Register root) {
            super(CreateHooks.this.code, num(-1));
            this.root = root;
        }

        @Override
        void enterSurroundings(Register result, Label failed) {
            Label closed = new Label();
            Label entered = new Label();
            code.call(Syscall.UMASK, num(blueprint.caller().umask()));
            code.call(
                            Syscall.OPENAT,
                            num(AT_FDCWD),
                            code.text(blueprint.request().bundle()),
                            num(O_PATH | O_DIRECTORY | O_CLOEXEC),
                            num(0))
                    .into(result)
                    .onAnyError(closed);
            code.call(Syscall.FCHDIR, result).onAnyError(closed);
            code.asm.jump(entered);
            // a directory on the way to the bundle may be closed to root of the container
            code.asm.place(closed);
            code.call(Syscall.FCHDIR, root).into(result).onAnyError(failed);
            code.asm.place(entered);
        }

        @Override
        void failed(Hook hook, Data report, Register size) {
            refuse(report, size);
        }
    }
}
