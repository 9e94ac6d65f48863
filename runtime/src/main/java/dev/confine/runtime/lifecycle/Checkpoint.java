package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.cgroup.Members;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.CriuCompiler;
import dev.confine.runtime.criu.Answer;
import dev.confine.runtime.criu.Request;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.CriuOptions;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;

/** Java's side of a dump. One of a paused container is as one of a running: criu is told which cgroup stops it. */
final class Checkpoint {
    private static final String READY = "status-ready";

    private final Conversation front;
    private final ContainerState container;
    private final Spec spec;
    private final CheckpointRequest request;
    private final CriuConversation criu;

    Checkpoint(Conversation front, ContainerState container, Spec spec, CheckpointRequest request) {
        this.front = front;
        this.container = container;
        this.spec = spec;
        this.request = request;
        this.criu = new CriuConversation(front, request.options(), Request.DUMP_LOG);
    }

    /** Returns when the images are written; unless it was to go on, the container has ended. */
    void run() {
        if (container.status() == Status.CREATED) {
            throw new ConfineException(
                    "cannot save a container that is created: " + container.id() + " (start it first)");
        }
        if (spec.linux().namespace(NamespaceType.MOUNT) == null) {
            throw new ConfineException("cannot save container " + container.id()
                    + ": it has no mount namespace of its own (config.json /linux/namespaces)");
        }
        CriuOptions options = request.options();
        String program = criu.program("checkpoint");
        CriuConversation.make(options.images());
        CriuConversation.make(options.logs());
        Compiled compiled = CriuCompiler.compile(program, options.images(), options.work(), request.statusFd());
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            save(criu.directories());
            front.awaitDone();
        } catch (LaunchFailure e) {
            front.cancel();
            throw new Failures(compiled, null).explain(e, "");
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private void save(Request.Directories directories) {
        if (!LinuxLifecycle.alive(container)) {
            throw new ConfineException("container not running: " + container.id() + ": process already finished");
        }
        if (!request.preDump()) {
            Descriptors.of(container.pid()).write(request.options().images());
        }
        byte[] dump = Request.dump(
                request,
                container.pid(),
                container.rootfs(),
                directories,
                HostParts.of(spec, container.pid()),
                new Members(container.cgroups()).freezer());
        criu.ask(dump, front::await, this::step, "criu cannot save container " + container.id());
    }

    private void step(Answer answer) {
        if (answer.step().equals(READY) && request.statusFd() >= 0) {
            criu.tell(CriuCompiler.READY, 0);
        }
    }
}
