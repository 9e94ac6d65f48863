package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.MountCompiler;
import dev.confine.runtime.compile.Sources;
import dev.confine.runtime.compile.Tags;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.HostCalls;
import dev.confine.spi.IdMapper;
import dev.confine.state.ContainerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java's side of a change of the mounts of a container that lives. What was attached before one fails stays attached. */
final class MountChange {
    private final Conversation front;
    private final @Nullable HostCalls calls;
    private final ContainerState container;
    private final Blueprint blueprint;
    private final UserNamespaces users;
    private String said = "";

    /** @param spec of the container, with the mounts that are to be added in place of its own */
    MountChange(
            Conversation front,
            IdMapper mapper,
            @Nullable HostCalls calls,
            ContainerState container,
            Spec spec,
            String stateDirectory) {
        if (spec.linux().namespace(NamespaceType.MOUNT) == null) {
            throw new ConfineException("container " + container.id()
                    + " has no mount namespace of its own, and the kernel changes no mounts outside of one; add {\"type\": \"mount\"} to"
                    + " /linux/namespaces of its config.json and make it anew");
        }
        this.front = front;
        this.calls = calls;
        this.container = container;
        this.users = new UserNamespaces(mapper, front.caller());
        CreateRequest request = new CreateRequest(
                container.id(), container.bundle(), spec, new byte[0], null, null, null, 0, false, false, false);
        this.blueprint = new Blueprint(request, front.caller(), stateDirectory, Mode.VISIT, null);
    }

    void add() {
        new Preflight(front.caller(), blueprint.request(), null, false).checkMounts();
        run(MountCompiler.add(blueprint, container.pid()));
    }

    void remove(List<String> destinations) {
        run(MountCompiler.remove(blueprint, container.pid(), destinations));
    }

    private void run(Compiled compiled) {
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            front.awaitValue(Tags.PID);
            // the first process was held before this look: its pid has not been another's in between
            expectContainer();
            front.data(Tags.answer(Tags.GO));
            awaitBuilt();
            front.data(Tags.answer(Tags.GO));
            front.awaitValue(Tags.STARTED);
            front.awaitDone();
        } catch (LaunchFailure e) {
            front.cancel();
            expectContainer();
            throw new Failures(compiled, calls).explain(e, said);
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    /** Mounts with ids of their own ask for user namespaces on the way. */
    private void awaitBuilt() {
        List<Mount> held = Sources.held(blueprint.request().spec().mounts());
        while (true) {
            Event event = front.await();
            if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.FILE_SYSTEM_SAYS) {
                said = Failures.said(bytes.content());
            } else if (event instanceof Event.Value value && value.tag() == Tags.HOLDER) {
                Mount mount = held.get((int) (value.value() >>> 32));
                users.map(value.value() & 0xffffffffL, UserNamespaces.maps(mount.uidMappings(), mount.gidMappings()));
                front.data(Tags.answer(Tags.GO));
            } else if (event instanceof Event.Value value && value.tag() == Tags.BUILT) {
                return;
            } else {
                throw new ConfineException("the front said something unexpected: " + event);
            }
        }
    }

    private void expectContainer() {
        if (!LinuxLifecycle.alive(container)) {
            throw new ConfineException("container not running: " + container.id() + ": process already finished");
        }
    }
}
