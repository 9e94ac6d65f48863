package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hooks;
import org.jspecify.annotations.Nullable;

/** The container's side of what {@link Front} does: its waits, what it says, and its failures. */
final class Inside {
    private final Code code;
    private final Blueprint blueprint;
    private final Line line;
    private final Foreground foreground;
    private final Cgroups cgroups;
    private final Register listener;
    private final @Nullable Listener seccompListener;
    private final @Nullable Terminal terminal;
    private final Hooks hooks;
    private final Label failed = new Label();

    /** @param listener what a created container waits at */
    Inside(
            Code code,
            Blueprint blueprint,
            Line line,
            Foreground foreground,
            Cgroups cgroups,
            Register listener,
            @Nullable Listener seccompListener,
            @Nullable Terminal terminal) {
        this.code = code;
        this.blueprint = blueprint;
        this.line = line;
        this.foreground = foreground;
        this.cgroups = cgroups;
        this.listener = listener;
        this.seccompListener = seccompListener;
        this.terminal = terminal;
        this.hooks = blueprint.hooks();
    }

    /** The first instructions of the container's process. */
    void enter() {
        code.step("wait for the front", "");
        code.asm.onFailure(failed);
        code.call(Syscall.CLOSE, line.front);
        if (seccompListener != null) {
            seccompListener.leave();
        }
        foreground.restoreSignals();
        line.expectGo();
        cgroups.enter();
    }

    /** Mounts are made and the root is still the host's: the time of the hooks before pivot_root. */
    void runHooks(CreateHooks createHooks, Register root) {
        if (blueprint.hasCreateHooks()) {
            code.step("wait for the hooks of the runtime", "/hooks");
            line.say(line.container, Line.MOUNTED);
            line.expectGo();
            createHooks.runInContainer(root);
        }
    }

    /** The container's end of the line; once the container is created, that to who starts it. */
    Register line() {
        return line.container;
    }

    /** The container is built: it says so and waits for its start. */
    void awaitStart() {
        if (terminal == null) {
            code.step("wait for the start", "");
            line.say(line.container, Line.BUILT);
        } else {
            terminal.give(line.container, Line.BUILT);
            code.step("wait for the start", "");
        }
        if (blueprint.mode() != Blueprint.Mode.CREATE) {
            line.expectGo();
            return;
        }
        code.asm.releaseConversation();
        // from here on no front is there to listen: a failure goes to whoever starts the container
        Register starter = code.asm.register();
        keepOnly(listener);
        code.call(Syscall.ACCEPT4, listener, num(0), num(0), num(SOCK_CLOEXEC))
                .into(starter)
                .repeating();
        code.asm.move(line.container, starter);
        code.asm.release(starter);
        line.expectGo();
    }

    /** The container is started: what runs in it before its program. */
    void runStartHooks(Execution execution) {
        if (!hooks.startContainer().isEmpty()) {
            new StartHooks(code, blueprint, execution, line.container).run();
        }
    }

    /** While a container waits it holds nothing of the caller's open but what it keeps for good. */
    private void keepOnly(Register fd) {
        int place = 3 + blueprint.keptFds();
        // EINVAL: it is there already
        code.call(Syscall.DUP3, fd, num(place), num(O_CLOEXEC)).ignoring(Errno.EINVAL);
        code.asm.move(fd, num(place));
        code.call(Syscall.CLOSE_RANGE, num(place + 1), num(0xffffffffL), num(0));
    }

    /** Says to whoever starts a created container why its program cannot be executed; else a failure is reported as any other. */
    void reportFailure(Call execution) {
        if (blueprint.mode() != Blueprint.Mode.CREATE) {
            return;
        }
        Label impossible = new Label();
        Register result = code.asm.register();
        execution.into(result).onAnyError(impossible);
        code.asm.place(impossible);
        code.asm.store(4, line.word, num(0), result);
        code.call(Syscall.SENDTO, line.container, line.word, num(4), num(MSG_NOSIGNAL), num(0), num(0))
                .ignoringErrors();
        code.asm.exit(num(1));
        code.asm.release(result);
    }

    /** Where the container's process goes on after a failure. */
    void fail() {
        code.step("give up", "");
        code.asm.place(failed);
        line.say(line.container, Line.FAILED);
        code.asm.exit(num(1));
    }
}
