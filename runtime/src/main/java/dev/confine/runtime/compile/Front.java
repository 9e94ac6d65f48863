package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.idmap.IdMaps;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hooks;
import dev.confine.state.Status;
import org.jspecify.annotations.Nullable;

/**
 * The front's side of a new container, and the line between the two processes: a pair of sockets on which the front says "go" and the container "built" or
 * "failed". Every wait of either side ends when the other is gone.
 */
final class Front {
    private final Code code;
    private final Blueprint blueprint;
    private final Foreground foreground;
    private final Cgroups cgroups;
    private final @Nullable Listener seccompListener;
    private final @Nullable Terminal terminal;
    private final @Nullable PidfdSocket pidfdSocket;
    private final Inside inside;
    private final Hooks hooks;
    private final @Nullable HookWatch watch;
    private final Label undo = new Label();
    private final Line line;
    private final Register process;
    private final Register pid;
    private final Register listener;

    Front(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.line = new Line(code);
        this.process = code.asm.register();
        this.pid = code.asm.register();
        this.listener = code.asm.register();
        this.cgroups = new Cgroups(code, blueprint);
        this.foreground = new Foreground(code, blueprint, cgroups);
        this.seccompListener = Listener.of(code, blueprint);
        this.terminal = Terminal.of(code, blueprint);
        this.pidfdSocket = PidfdSocket.of(code, blueprint);
        this.hooks = blueprint.hooks();
        this.inside = new Inside(code, blueprint, line, foreground, cgroups, listener, seccompListener, terminal);
        this.watch = hooks.isEmpty() ? null : new HookWatch(code);
    }

    /** Everything before the first process of the container exists. */
    void prepare() {
        code.step("prepare the front", "");
        foreground.blockSignals();
        if (watch != null) {
            watch.start();
        }
        code.asm.move(process, num(-1));
        if (!blueprint.mode().adds()) {
            makeStateDirectory(code, blueprint);
        }
        code.asm.onFailure(undo);
        if (!blueprint.mode().adds()) {
            cgroups.note();
        }
        line.open();
        if (blueprint.mode() == Blueprint.Mode.CREATE) {
            listen();
        }
        if (terminal != null) {
            terminal.connect();
        }
        if (pidfdSocket != null) {
            pidfdSocket.connect();
        }
        if (seccompListener != null) {
            seccompListener.connect();
        }
    }

    Cgroups cgroups() {
        return cgroups;
    }

    /** The other side. */
    Inside inside() {
        return inside;
    }

    /** The terminal of the process, or null. */
    @Nullable
    Terminal terminal() {
        return terminal;
    }

    static void makeStateDirectory(Code code, Blueprint blueprint) {
        code.step("make the state directory " + blueprint.stateDirectory(), "");
        code.cure(Errno.EEXIST, "container with given ID already exists");
        code.cure(Errno.EACCES, "it is not writable for you; name another one with --root");
        code.cure(Errno.EROFS, "it is not writable for you; name another one with --root");
        code.call(Syscall.MKDIRAT, num(AT_FDCWD), code.text(blueprint.stateDirectory()), num(0700));
    }

    private void listen() {
        code.step("listen for the start of the container", "");
        Data address = socketAddress();
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(listener);
        code.call(Syscall.BIND, listener, address, num(SocketAddress.SIZE));
        code.call(Syscall.LISTEN, listener, num(1));
    }

    private Data socketAddress() {
        return socketAddress(code, blueprint.stateDirectory());
    }

    /** A sockaddr_un of the start socket of the container whose state is kept in {@code stateDirectory}. */
    static Data socketAddress(Code code, String stateDirectory) {
        return SocketAddress.of(code, stateDirectory + "/" + Blueprint.START_SOCKET);
    }

    /** Makes the container's cgroups, which comes before {@link #makeProcess}. */
    void makeCgroups() {
        cgroups.make();
    }

    /** Makes the process in the container; that goes on at {@code container}, and the front after this. */
    void makeProcess(Birth birth, Label container) {
        birth.makeProcess(pid, container);
        code.call(Syscall.PIDFD_OPEN, pid, num(0)).into(process);
        cgroups.close();
        code.call(Syscall.CLOSE, line.container);
    }

    /** The front from there on: ids, limits, the wait for the container, and its end. */
    void accompany(Sources sources) {
        limit();
        code.step("wait until the program is verified, and for what is written by others", "");
        code.asm.send(Tags.PID, pid);
        awaitGo();
        IdMaps direct = blueprint.direct();
        if (direct != null) {
            new IdMapLines(code, direct).write(pid);
        }
        cgroups.makeAround(pid);
        sources.mapIds(pid, this);
        NetDevices.move(code, blueprint, pid);
        complete();
    }

    /** The same for a process that is added. */
    void accompany() {
        limit();
        code.step("wait until the container is seen to be the right one", "");
        code.asm.send(Tags.PID, pid);
        awaitGo();
        complete();
    }

    /** The same for a process that changes mounts, and is nobody's program. */
    void accompany(MountIds ids) {
        code.step("wait until the container is seen to be the right one", "");
        code.asm.send(Tags.PID, pid);
        awaitGo();
        ids.map(pid, this);
        complete();
    }

    /** What the front has to do for the ids of mounts. */
    interface MountIds {
        void map(Register pid, Front front);
    }

    private void limit() {
        Limits limits = new Limits(code, blueprint);
        limits.raise(pid);
        if (!blueprint.isStaged()) {
            limits.score(pid);
        }
        new Scheduling(code, blueprint.process()).apply(pid);
        cgroups.enterResctrl(pid);
    }

    private void complete() {
        code.step("let the container build itself", "");
        line.say(line.front, Line.GO);
        if (watch != null && blueprint.hasCreateHooks()) {
            expect(Line.MOUNTED);
            watch.begin();
            new CreateHooks(code, blueprint).runInFront(pid, watch);
            code.step("let the container go on", "");
            line.say(line.front, Line.GO);
        }
        expect(Line.BUILT);
        HostNodes.forget(code, blueprint);
        if (terminal != null) {
            terminal.handOut();
        }
        if (pidfdSocket != null) {
            pidfdSocket.handOut(process);
        }
        cgroups.limitLast();
        if (watch != null) {
            watch.begin();
        }
        code.asm.send(Tags.BUILT, pid);
        awaitGo();
        if (!blueprint.mode().adds()) {
            remember();
        }
        if (blueprint.mode() == Blueprint.Mode.CREATE) {
            code.asm.send(Tags.CREATED, pid);
            code.asm.exit(num(0));
        } else {
            start();
        }
        undo();
    }

    private void remember() {
        String directory = blueprint.stateDirectory();
        code.step("remember that the container is built", "");
        code.call(
                Syscall.RENAMEAT2,
                num(AT_FDCWD),
                code.text(directory + "/" + Blueprint.BUILT_STATE),
                num(AT_FDCWD),
                code.text(directory + "/state.json"),
                num(0));
    }

    private void start() {
        code.step("start the container", "");
        line.say(line.front, Line.GO);
        Label runs = new Label();
        Label failed = new Label();
        if (watch != null) {
            watch.await(line.front);
        }
        if (seccompListener != null) {
            seccompListener.pass(line.front, line.word, pid, failed);
        }
        if (watch != null) {
            watch.await(line.front);
        }
        Register count = line.hear(line.front);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), runs);
        code.asm.place(failed);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(runs);
        code.asm.release(count);
        if (watch != null && !hooks.poststart().isEmpty()) {
            HookState state = HookState.of(code, blueprint, Status.RUNNING);
            state.pid(pid);
            HookRun run = new NeededHooks(code, blueprint.request().bundle(), watch.signals());
            run.run(hooks.poststart(), "/hooks/poststart", state);
            run.release();
        }
        code.asm.send(Tags.STARTED, pid);
        if (blueprint.mode().foreground()) {
            if (terminal != null && terminal.relay() != null) {
                foreground.relayThrough(terminal.relay());
            }
            foreground.stay(process, pid, watch);
        } else if (blueprint.mode() == Blueprint.Mode.VISIT) {
            code.asm.end();
        } else {
            code.asm.exit(num(0));
        }
    }

    /** Waits until Java says to go on; where it says no, everything is undone. */
    void awaitGo() {
        code.cure(Errno.EINTR, "a signal came before the program was started; nothing is left of it");
        Label go = new Label();
        Register value = code.asm.register();
        code.asm.receive(value, line.word, 8, foreground.signals());
        code.asm.load(value, 1, line.word, num(0));
        code.asm.jumpIf(value, Condition.EQUAL, num(Tags.GO), go);
        code.asm.fail(num(Errno.ECANCELED.number()));
        code.asm.place(go);
        code.asm.release(value);
    }

    /** Java, which may be writing into the state directory, hears of the failure when that is done; what it has answered before does not count any more. */
    private void awaitCancel() {
        Label cancelled = new Label();
        Label again = new Label();
        Register ignored = code.asm.register();
        code.asm.onFailure(cancelled);
        code.asm.place(again);
        code.asm.receive(ignored, line.word, 8, num(-1));
        code.asm.jump(again);
        code.asm.place(cancelled);
        code.asm.release(ignored);
    }

    /** Waits until the container says {@code letter}. */
    private void expect(int letter) {
        Label failed = new Label();
        Label said = new Label();
        if (watch != null) {
            watch.await(line.front);
        }
        Register value;
        if (terminal != null && letter == Line.BUILT) {
            value = code.asm.register();
            terminal.receive(line.front, line.word, failed);
        } else {
            value = line.hear(line.front);
            code.asm.jumpIf(value, Condition.EQUAL, num(0), failed);
        }
        code.asm.load(value, 1, line.word, num(0));
        code.asm.jumpIf(value, Condition.EQUAL, num(letter), said);
        code.asm.place(failed);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(said);
        code.asm.release(value);
    }

    private void undo() {
        code.step("undo", "");
        code.asm.place(undo);
        if (!blueprint.mode().adds()) {
            awaitCancel();
        }
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .ignoringErrors();
        code.call(Syscall.WAITID, num(P_PIDFD), process, num(0), num(WEXITED), num(0))
                .ignoringErrors();
        cgroups.remove();
        if (!blueprint.mode().adds()) {
            foreground.removeState();
        }
        foreground.removePidFile();
        if (watch != null) {
            Label none = new Label();
            watch.unlessBegun(none);
            PoststopHooks.run(code, blueprint, watch, new HookWarning.ToJava(code));
            code.asm.place(none);
        }
        code.asm.end();
    }
}
