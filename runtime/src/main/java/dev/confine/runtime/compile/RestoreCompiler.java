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
import dev.confine.spi.CriuOptions;
import dev.confine.state.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A launch program that has {@code criu swrk} make a container of images, in cgroups that the front makes, and then stays or ends as that of a new container does. criu
 * gets the caller's stdio, the namespaces to be joined, and what of the stdio was a file of the host, as file descriptors; what it is asked for is Java's.
 */
public final class RestoreCompiler {
    /** Java says so when criu's process is in the scope of systemd that the container's are to be in. */
    public static final int SETTLED = 'S';
    /** Java says so, with a pid, when the hooks of the runtime have their turn. */
    public static final int HOOKS = 'H';
    /** Java says so, with its pid, when the container's first process is there. */
    public static final int PROCESS = 'P';
    /** The file descriptor of criu's line; namespaces and files follow. */
    public static final int LINE_FD = 3;

    /** Above all that criu gets. */
    private static final int OUT_OF_THE_WAY = 32;

    private final Code code = new Code();
    private final Blueprint blueprint;
    private final Hooks hooks;
    private final CriuLine line = new CriuLine(code);
    private final Cgroups cgroups;
    private final Foreground foreground;
    private final @Nullable Terminal terminal;
    private final @Nullable HookWatch watch;
    private final Register criu = code.asm.register();
    private final Register process = code.asm.register();
    private final Register pid = code.asm.register();
    private final Map<String, Register> directories = new LinkedHashMap<>();
    private final Label undo = new Label();

    private RestoreCompiler(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.hooks = blueprint.hooks();
        this.cgroups = new Cgroups(code, blueprint);
        this.foreground = new Foreground(code, blueprint, cgroups);
        this.terminal = Terminal.of(code, blueprint);
        this.watch = hooks.isEmpty() ? null : new HookWatch(code);
    }

    /**
     * Says {@link Tags#DIRECTORY} for each directory and waits for {@link Tags#GO}; says {@link Tags#PID} with criu's and relays until Java's message is empty, of which
     * {@link #SETTLED} is the first; and says {@link Tags#STARTED}.
     *
     * @param program absolute path of criu
     * @param namespaces paths of those that criu gets
     * @param files the same, of files, which come after the namespaces
     */
    public static Compiled compile(
            Blueprint blueprint, String program, CriuOptions options, List<String> namespaces, List<String> files) {
        return new RestoreCompiler(blueprint).compile(program, options, namespaces, files);
    }

    private Compiled compile(String program, CriuOptions options, List<String> namespaces, List<String> files) {
        Label child = new Label();
        prepare();
        open(options.images());
        String work = options.work();
        if (work != null) {
            open(work);
        }
        List<Register> handed = new ArrayList<>();
        openNamespaces(namespaces, handed);
        openFiles(files, handed);
        awaitGo();
        cgroups.make();
        line.open();
        code.step("run " + program, "");
        Stage.clone3(code, cgroups, 0, SIGCHLD).into(pid);
        code.asm.jumpIf(pid, Condition.EQUAL, num(0), child);
        code.call(Syscall.PIDFD_OPEN, pid, num(0)).into(criu);
        cgroups.close();
        code.call(Syscall.CLOSE, line.criu);
        relay();
        goOn();
        undo();
        code.asm.place(child);
        become(program, handed);
        return code.finish();
    }

    private void prepare() {
        code.step("prepare the front", "");
        foreground.blockSignals();
        if (watch != null) {
            watch.start();
        }
        code.asm.move(criu, num(-1));
        code.asm.move(process, num(-1));
        Front.makeStateDirectory(code, blueprint);
        code.asm.onFailure(undo);
        cgroups.note();
        if (terminal != null) {
            terminal.connect();
        }
    }

    private void open(String directory) {
        directories.put(directory, CriuLine.directory(code, directory));
    }

    private void openNamespaces(List<String> namespaces, List<Register> fds) {
        for (String path : namespaces) {
            Register fd = code.asm.register();
            code.step("open the namespace " + path, "/linux/namespaces");
            code.cure(Errno.ENOENT, "what was saved was in a namespace of the host's: name the one it is to be in now");
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_CLOEXEC), num(0))
                    .into(fd);
            fds.add(fd);
        }
    }

    /** criu opens them anew, as they were open when they were saved. */
    private void openFiles(List<String> files, List<Register> fds) {
        for (String path : files) {
            Register fd = code.asm.register();
            code.step("open " + path + ", which the container had for its stdio", "");
            code.cure(Errno.ENOENT, "the host had it when the container was saved: make it");
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_PATH | O_CLOEXEC), num(0))
                    .into(fd);
            fds.add(fd);
        }
    }

    private void awaitGo() {
        Register count = code.asm.register();
        code.step("wait until criu may be run", "");
        code.asm.receive(count, code.asm.zeros(8), 8, foreground.signals());
        code.asm.release(count);
    }

    private void relay() {
        line.on(SETTLED, this::settle);
        line.on(HOOKS, this::runHooks);
        line.on(PROCESS, () -> {
            code.step("hold the container's process", "");
            line.value(pid);
            code.call(Syscall.PIDFD_OPEN, pid, num(0)).into(process);
            code.step("talk to criu", "");
        });
        line.relay(foreground.signals());
        code.step("wait for the end of criu", "");
        CriuLine.await(code, criu);
    }

    /** criu mounts beneath the directory that it works in, so that has to be one of its own mount namespace. */
    private void settle() {
        Register root = code.asm.register();
        Register fd = code.asm.register();
        cgroups.makeAround(pid);
        code.step("look at the directories as criu sees them", "");
        Data path = code.procPath("/proc/", pid, "root");
        code.call(Syscall.OPENAT, num(AT_FDCWD), path, num(O_PATH | O_DIRECTORY | O_CLOEXEC), num(0))
                .into(root);
        directories.forEach((directory, number) -> {
            code.openInRoot(root, directory, O_DIRECTORY, 0, fd);
            code.call(Syscall.DUP3, fd, number, num(O_CLOEXEC));
            code.close(fd);
        });
        code.close(root);
        code.asm.release(root, fd);
        code.step("talk to criu", "");
    }

    private void runHooks() {
        if (watch == null) {
            return;
        }
        watch.begin();
        HookState state = HookState.of(code, blueprint, Status.CREATING);
        HookRun run = new NeededHooks(code, blueprint.request().bundle(), watch.signals());
        Register of = code.asm.register();
        code.step("tell the hooks the pid", "/hooks");
        line.value(of);
        state.pid(of);
        code.asm.release(of);
        run.run(hooks.prestart(), "/hooks/prestart", state);
        run.run(hooks.createRuntime(), "/hooks/createRuntime", state);
        run.release();
        code.step("talk to criu", "");
    }

    private void goOn() {
        if (terminal != null) {
            terminal.take(line.handed);
            terminal.handOut();
        }
        cgroups.limitLast();
        code.step("let the container go on", "");
        code.asm.send(Tags.STARTED, pid);
        if (!blueprint.mode().foreground()) {
            code.asm.exit(num(0));
            return;
        }
        if (terminal != null && terminal.relay() != null) {
            foreground.relayThrough(terminal.relay());
        }
        foreground.stay(process, pid, watch);
    }

    private void undo() {
        code.step("undo", "");
        code.asm.place(undo);
        for (Register one : List.of(criu, process)) {
            code.call(Syscall.PIDFD_SEND_SIGNAL, one, num(SIGKILL), num(0), num(0))
                    .ignoringErrors();
            CriuLine.await(code, one);
        }
        cgroups.remove();
        foreground.removeState();
        foreground.removePidFile();
        if (watch != null) {
            Label none = new Label();
            watch.unlessBegun(none);
            PoststopHooks.run(code, blueprint, watch, new HookWarning.ToJava(code));
            code.asm.place(none);
        }
        code.asm.end();
    }

    /** The new process: in the container's cgroups, which those that criu makes are born in. */
    private void become(String program, List<Register> namespaces) {
        Register own = code.asm.register();
        code.step("run " + program, "");
        code.asm.onFailure(null);
        foreground.restoreSignals();
        cgroups.close();
        cgroups.join();
        new CriuRoot(code, blueprint).make();
        code.step("run " + program, "");
        // the line takes the place of what a failure is told on
        code.call(Syscall.FACCESSAT2, num(AT_FDCWD), code.text(program), num(X_OK), num(AT_EACCESS));
        code.call(Syscall.GETPID).into(own);
        cgroups.enterResctrl(own);
        code.step("run " + program, "");
        code.asm.send(Tags.PID, own);
        code.asm.release(own);
        List<Register> handed = new ArrayList<>(List.of(line.criu));
        handed.addAll(namespaces);
        for (Register fd : handed) {
            code.call(Syscall.FCNTL, fd, num(F_DUPFD_CLOEXEC), num(OUT_OF_THE_WAY))
                    .into(fd);
        }
        code.call(Syscall.CLOSE_RANGE, num(LINE_FD), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC));
        for (int i = 0; i < handed.size(); i++) {
            code.call(Syscall.DUP3, handed.get(i), num(LINE_FD + i), num(0));
        }
        line.execute(program, LINE_FD);
    }
}
