package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.MapFiles;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;

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
        boolean made = CriuConversation.make(options.images());
        CriuConversation.make(options.logs());
        Compiled compiled = CriuCompiler.compile(program, options.images(), options.work(), request.statusFd());
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            save(criu.directories(), made);
            front.awaitDone();
        } catch (LaunchFailure e) {
            front.cancel();
            throw new Failures(compiled, null).explain(e, "");
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    /**
     * Lets the root of the container's user namespace look up names in its images, not list nor change them: what criu restores is there already while some are looked for,
     * and one that is not there must not look forbidden.
     */
    private void admitRoot(String images) {
        if (spec.linux().namespace(NamespaceType.USER) == null
                || !front.caller().isRoot()) {
            return;
        }
        OptionalLong group = new MapFiles().of(container.pid()).gids().toOutside(0);
        if (group.isPresent()) {
            try {
                Path directory = Path.of(images);
                Files.setAttribute(directory, "unix:gid", (int) group.getAsLong());
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
            } catch (IOException e) {
                throw new ConfineException("cannot give " + images + " its group and mode: " + e.getMessage(), e);
            }
        }
    }

    private void save(Request.Directories directories, boolean made) {
        if (!LinuxLifecycle.alive(container)) {
            throw new ConfineException("container not running: " + container.id() + ": process already finished");
        }
        if (made) {
            admitRoot(request.options().images());
        }
        List<String> external = HostParts.of(spec, container.pid());
        if (!request.preDump()) {
            Descriptors stdio = Descriptors.of(container.pid());
            stdio.write(request.options().images());
            external.addAll(stdio.external());
        }
        byte[] dump = Request.dump(
                request,
                container.pid(),
                container.rootfs(),
                directories,
                external,
                new Members(container.cgroups()).freezer());
        criu.ask(dump, front::await, this::step, "criu cannot save container " + container.id());
        if (request.preDump()) {
            criu.tell(CriuCompiler.ENOUGH, 0);
        }
        criu.end();
    }

    private void step(Answer answer) {
        if (answer.step().equals(READY) && request.statusFd() >= 0) {
            criu.tell(CriuCompiler.READY, 0);
        }
    }
}
