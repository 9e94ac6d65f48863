package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hooks;
import dev.confine.state.Status;

/**
 * The hooks before pivot_root, when all mounts are made: prestart and createRuntime in the front, then createContainer in the container's process. The front can
 * be told by a signal to give up while they run.
 */
final class CreateHooks {
    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;

    private final Code code;
    private final Blueprint blueprint;
    private final Hooks hooks;
    private final Register endings;

    CreateHooks(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.hooks = blueprint.spec().hooks();
        this.endings = code.asm.register();
    }

    /** In the front, where signals are blocked. */
    void prepare() {
        code.step("listen for signals while hooks run", "/hooks");
        code.call(Syscall.SIGNALFD4, num(-1), code.struct(ENDINGS), num(8), num(SFD_CLOEXEC))
                .into(endings);
    }

    void runInFront(Register pid) {
        if (hooks.prestart().isEmpty() && hooks.createRuntime().isEmpty()) {
            return;
        }
        HookState state = new HookState(code, blueprint, Status.CREATING);
        HookRun run = new RuntimeHooks(code, blueprint.request().bundle(), endings) {
            @Override
            void failed(int index, Data report, Register size) {
                refuse(report, size);
            }
        };
        code.step("tell the hooks the pid", "/hooks");
        state.pid(code, pid);
        run.run(hooks.prestart(), "/hooks/prestart", state);
        run.run(hooks.createRuntime(), "/hooks/createRuntime", state);
    }

    /** In the container's process. */
    void runInContainer(Register root) {
        if (hooks.createContainer().isEmpty()) {
            return;
        }
        HookState state = new HookState(code, blueprint, Status.CREATING);
        code.step("tell the hooks the pid", "/hooks/createContainer");
        Register pid = code.asm.register();
        code.call(Syscall.GETPID).into(pid);
        state.pid(code, pid);
        code.asm.release(pid);
        new InContainer(code, root).run(hooks.createContainer(), "/hooks/createContainer", state);
    }

    /** Before the front reads from {@code line}: waits for that, or for a signal. */
    void await(Register line) {
        Label heard = new Label();
        Data poll = code.asm.zeros(2 * POLLFD_SIZE);
        code.asm.set(poll.plus(POLLFD_EVENTS), 2, POLLIN);
        code.asm.set(poll.plus(POLLFD_SIZE + POLLFD_EVENTS), 2, POLLIN);
        code.asm.store(4, poll, num(0), line);
        code.asm.store(4, poll, num(POLLFD_SIZE), endings);
        code.call(Syscall.PPOLL, poll, num(2), num(0), num(0), num(8)).repeating();
        Register signalled = code.asm.register();
        code.asm.load(signalled, 2, poll, num(POLLFD_SIZE + POLLFD_REVENTS));
        code.asm.jumpIf(signalled, Condition.EQUAL, num(0), heard);
        code.cure(Errno.EINTR, "a signal came while hooks ran; nothing is left of the container");
        code.asm.fail(num(Errno.EINTR.number()));
        code.asm.place(heard);
        code.asm.release(signalled);
    }

    private void refuse(Data report, Register size) {
        code.asm.sendBytes(Tags.HOOK_FAILED, report, size);
        code.asm.fail(num(Errno.ECHILD.number()));
    }

    /** With the container's namespaces and the host's files. */
    private final class InContainer extends HookRun {
        private final Register root;

        InContainer(Code code, Register root) {
            super(code, num(-1));
            this.root = root;
        }

        @Override
        void enterSurroundings(Register result, Label failed) {
            code.call(Syscall.UMASK, num(blueprint.caller().umask()));
            code.call(Syscall.FCHDIR, root).into(result).onAnyError(failed);
        }

        @Override
        void failed(int index, Data report, Register size) {
            refuse(report, size);
        }
    }
}
