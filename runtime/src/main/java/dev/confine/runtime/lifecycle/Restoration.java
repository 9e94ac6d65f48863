package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.CriuRoot;
import dev.confine.runtime.compile.RestoreCompiler;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.criu.Answer;
import dev.confine.runtime.criu.Request;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Spec;
import dev.confine.spi.Exit;
import dev.confine.spi.RestoreRequest;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java's side of a restore: the front makes cgroups, criu the processes. Whatever fails, the front undoes. */
final class Restoration {
    private final Conversation front;
    private final StateStore store;
    private final ContainerHooks hooks;
    private final Blueprint blueprint;
    private final RestoreRequest request;
    private final @Nullable ContainerScope scope;
    private final CriuConversation criu;
    private final SavedParts parts;
    private ContainerState state;

    Restoration(
            Conversation front,
            StateStore store,
            ContainerHooks hooks,
            Blueprint blueprint,
            ContainerState state,
            RestoreRequest request,
            @Nullable ContainerScope scope) {
        this.front = front;
        this.store = store;
        this.hooks = hooks;
        this.blueprint = blueprint;
        this.state = state;
        this.request = request;
        this.scope = scope;
        this.criu = new CriuConversation(front, request.options(), Request.RESTORE_LOG);
        this.parts = new SavedParts(request.create().spec(), state.bundle(), state.rootfs());
    }

    /** Returns when the container goes on. */
    Exit run() {
        if (!blueprint.caller().isRoot()) {
            throw new ConfineException("criu restores a container for root alone");
        }
        Spec spec = request.create().spec();
        if (!new File(request.options().images()).isDirectory()) {
            throw new ConfineException(
                    "there are no images in " + request.options().images()
                            + ": name the directory that checkpoint has written, with --image-path");
        }
        if (!spec.hooks().createContainer().isEmpty()
                || !spec.hooks().startContainer().isEmpty()) {
            throw new ConfineException("criu restores processes that have started, so there is no time for hooks"
                    + " createContainer and startContainer: remove them (config.json /hooks)");
        }
        String program = criu.program("restore");
        CriuConversation.make(request.options().logs());
        Map<String, String> joined = parts.joined();
        Map<String, String> namespaces = parts.handedOn();
        Descriptors stdio = Descriptors.read(request.options().images());
        Compiled compiled = RestoreCompiler.compile(
                blueprint,
                program,
                request.options(),
                new ArrayList<>(namespaces.values()),
                new ArrayList<>(stdio.reopened().values()));
        List<String> inherited = stdio.inherited();
        inherited.add("");
        inherited.addAll(namespaces.keySet());
        inherited.addAll(stdio.reopened().keySet());
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            converse(inherited, joined);
        } catch (LaunchFailure e) {
            undo();
            throw new Failures(compiled, null).explain(e, hooks.said());
        } catch (ConfineException e) {
            undo();
            throw e;
        }
        if (blueprint.mode().foreground()) {
            return Exit.FRONT;
        }
        front.leave();
        return Exit.OK;
    }

    private void undo() {
        for (Event event : front.cancel()) {
            hooks.warn(request.create().spec().hooks().poststop(), event);
        }
        if (scope != null) {
            scope.undo();
        }
    }

    private void converse(List<String> inherited, Map<String, String> joined) {
        Request.Directories directories = criu.directories();
        front.data(Tags.answer(Tags.GO));
        long pid = front.awaitValue(Tags.PID);
        store.keep(state.id(), request.create().config());
        if (scope != null) {
            scope.start(pid, blueprint.cgroups());
        }
        criu.tell(RestoreCompiler.SETTLED, pid);
        byte[] restore = Request.restore(
                request,
                CriuRoot.path(real(store.directory(state.id()))),
                directories,
                parts.mounts(blueprint.mounts(), blueprint.cgroups().visible()),
                inherited,
                joined,
                cgroups(pid));
        criu.ask(restore, hooks::await, this::step, "criu cannot restore container " + state.id());
        criu.end();
        if (state.pid() == 0) {
            throw new ConfineException("criu did not say which process it restored");
        }
        Event event = hooks.await();
        if (!(event instanceof Event.Value value) || value.tag() != Tags.STARTED) {
            throw new ConfineException("the front said something unexpected: " + event);
        }
    }

    private void step(Answer answer) {
        switch (answer.step()) {
            case "setup-namespaces" -> {
                if (!blueprint.runsHooksInFront()) {
                    return;
                }
                criu.tell(RestoreCompiler.HOOKS, answer.pid());
            }
            case "post-restore" -> {
                criu.tell(RestoreCompiler.PROCESS, answer.pid());
                remember(answer.pid());
            }
            default -> {}
        }
    }

    private void remember(long pid) {
        ProcessStat stat = ProcessStat.of(pid);
        if (stat == null) {
            throw new ConfineException("the container's process " + pid + " ended while it was being restored");
        }
        state = state.with(Status.RUNNING).with(pid, stat.startTime());
        store.write(state);
        Creation.writePidFile(request.create().pidFile(), pid);
    }

    private static String real(String directory) {
        try {
            return Path.of(directory).toRealPath().toString();
        } catch (IOException e) {
            throw new ConfineException("cannot look at " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The cgroups that a process is in, each controller with its path in proc_pid_cgroup(5). */
    private static Map<String, String> cgroups(long pid) {
        Map<String, String> paths = new LinkedHashMap<>();
        try {
            String content = Files.readString(Path.of("/proc/" + pid + "/cgroup"), StandardCharsets.UTF_8);
            for (String line : content.split("\n")) {
                String[] fields = line.split(":", 3);
                if (fields.length == 3) {
                    for (String controller : fields[1].split(",", -1)) {
                        paths.put(controller, fields[2]);
                    }
                }
            }
            return paths;
        } catch (IOException e) {
            throw new ConfineException("look at criu's process " + pid + ": " + e.getMessage(), e);
        }
    }
}
