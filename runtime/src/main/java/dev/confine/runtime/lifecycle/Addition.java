package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.ExecCompiler;
import dev.confine.runtime.compile.Home;
import dev.confine.runtime.compile.Tags;
import dev.confine.spec.Process;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.ExecRequest;
import dev.confine.spi.Exit;
import dev.confine.spi.HostCalls;
import dev.confine.state.ContainerState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Java's side of a process that is added to a container. Whatever fails, the front undoes; the container stays as it is. */
final class Addition {
    private final Conversation front;
    private final @Nullable HostCalls calls;
    private final ContainerState container;
    private final Process process;
    private final Blueprint blueprint;
    private final List<String> cgroups;

    /** @param cgroups below the container's, as {@code --cgroup} names them */
    Addition(
            Conversation front,
            @Nullable HostCalls calls,
            ContainerState container,
            Blueprint blueprint,
            List<String> cgroups) {
        this.front = front;
        this.calls = calls;
        this.container = container;
        this.process = Objects.requireNonNull(blueprint.request().spec().process(), "there is one to add");
        this.blueprint = blueprint;
        this.cgroups = cgroups;
    }

    /** The request as if it were for a container of this one process. */
    static CreateRequest as(ExecRequest request, ContainerState container, boolean callersKeyring) {
        return new CreateRequest(
                request.id(),
                container.bundle(),
                request.spec(),
                new byte[0],
                request.pidFile(),
                request.consoleSocket(),
                request.pidfdSocket(),
                request.preserveFds(),
                false,
                false,
                callersKeyring);
    }

    Exit run() {
        Compiled compiled = ExecCompiler.compile(blueprint, container.pid());
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            return converse();
        } catch (LaunchFailure e) {
            front.cancel();
            expectContainer();
            throw new Failures(compiled, calls).explain(e, "", Diagnosis.of(e, blueprint, container.pid()));
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private Exit converse() {
        long pid = front.awaitValue(Tags.PID);
        // its pid was held, and the maps read, before this look: so it has been of the same process all the time
        expectContainer();
        if (blueprint.cgroups().isScoped()) {
            ContainerScope.attach(blueprint.caller(), container, ContainerCgroups.belowScope(cgroups), pid);
        }
        front.data(Tags.answer(Tags.GO));
        if (Home.isMissing(process)) {
            byte[] passwd = front.awaitBytes(Tags.PASSWD);
            front.data(Home.answer(passwd, process.userOrRoot().uid()));
        }
        front.awaitValue(Tags.BUILT);
        Creation.writePidFile(blueprint.request().pidFile(), pid);
        front.data(Tags.answer(Tags.GO));
        front.awaitValue(Tags.STARTED);
        if (blueprint.mode() == Mode.EXEC_DETACHED) {
            front.leave();
            return Exit.OK;
        }
        return Exit.FRONT;
    }

    private void expectContainer() {
        if (!LinuxLifecycle.alive(container)) {
            throw new ConfineException("container not running: " + container.id() + ": process already finished");
        }
    }

    /** Throws with every reason why this host cannot run the process. */
    static void check(ExecRequest request) {
        Process process = Objects.requireNonNull(request.spec().process(), "there is one to add");
        List<String> problems = new SecurityModules("").problems(process);
        String terminal = TerminalPlace.problem(process.terminal(), request.detach(), request.consoleSocket());
        if (terminal != null) {
            problems.add(terminal);
        }
        if (!problems.isEmpty()) {
            throw new ConfineException(String.join("\n", problems));
        }
    }
}
