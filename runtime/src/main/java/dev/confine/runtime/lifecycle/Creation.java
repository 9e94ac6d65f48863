package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.launch.verify.Breach;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Home;
import dev.confine.runtime.compile.Sources;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.netlink.Addresses;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.Exit;
import dev.confine.spi.HostCalls;
import dev.confine.spi.IdMapper;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Java's side of one new container, told as the front's program asks for it. Whatever fails, the front undoes, also when the JVM dies. */
final class Creation {
    private final Conversation front;
    private final StateStore store;
    private final UserNamespaces users;
    private final @Nullable HostCalls calls;
    private final ContainerHooks hooks;
    private final Blueprint blueprint;
    private final @Nullable ContainerScope scope;
    private ContainerState state;
    private final Addresses addresses = new Addresses();
    private String said = "";

    Creation(
            Conversation front,
            StateStore store,
            IdMapper mapper,
            @Nullable HostCalls calls,
            ContainerHooks hooks,
            Blueprint blueprint,
            ContainerState state,
            @Nullable ContainerScope scope) {
        this.front = front;
        this.store = store;
        this.users = new UserNamespaces(mapper, blueprint.caller());
        this.calls = calls;
        this.hooks = hooks;
        this.blueprint = blueprint;
        this.state = state;
        this.scope = scope;
    }

    /** What is remembered of a container before there is a process. */
    static ContainerState state(CreateRequest request, Blueprint blueprint, String backend, long uid) {
        return new ContainerState(
                ContainerState.VERSION,
                request.spec().ociVersion(),
                request.id(),
                Status.CREATING,
                0,
                0,
                request.bundle(),
                rootfs(request),
                Timestamp.now(),
                uid,
                backend,
                request.spec().annotations(),
                blueprint.cgroups().directories(),
                blueprint.cgroups().removals(),
                blueprint.cgroups().scope(),
                blueprint.resctrl().removals());
    }

    private static String rootfs(CreateRequest request) {
        Root root = Objects.requireNonNull(request.spec().root(), "checked before");
        return root.path().startsWith("/") ? root.path() : request.bundle() + "/" + root.path();
    }

    /** Returns when the container is created or runs, as the blueprint's mode says. */
    Exit run() {
        Compiled compiled = Moulds.KEPT.compile(blueprint);
        try {
            front.run(compiled.program());
            return converse(compiled);
        } catch (LaunchFailure e) {
            undo();
            throw new Failures(compiled, calls)
                    .explain(e, said.isEmpty() ? hooks.said() : said, Diagnosis.of(e, blueprint, 0));
        } catch (ConfineException e) {
            undo();
            throw e;
        }
    }

    private void undo() {
        for (Event event : front.cancel()) {
            hooks.warn(blueprint.request().spec().hooks().poststop(), event);
        }
        if (scope != null) {
            scope.undo();
        }
    }

    /**
     * A breach is a fault of the compiler's. It is looked for while the front makes the container's process, which does nothing before it is answered: no program
     * with a breach ever goes beyond that.
     */
    static void verify(Compiled compiled) {
        List<Breach> breaches = compiled.proven() ? List.of() : Verifier.check(compiled.program());
        if (!breaches.isEmpty()) {
            throw new ConfineException("the compiler made a program that the verifier refuses: " + breaches);
        }
    }

    /**
     * The container builds itself while Java writes down what there is to know of it, and neither waits for the other where it need not: answers are given before
     * they are asked for.
     */
    private Exit converse(Compiled compiled) {
        Process process = Objects.requireNonNull(blueprint.request().spec().process(), "checked before");
        if (Home.isMissing(process)) {
            byte[] passwd = front.awaitBytes(Tags.PASSWD);
            front.data(Home.answer(passwd, process.userOrRoot().uid()));
        }
        if (waitsForJava()) {
            Proof proof = Proof.begin(compiled);
            prepare(front.awaitValue(Tags.PID));
            proof.end();
            front.data(Tags.answer(Tags.GO));
        } else {
            verify(compiled);
            front.data(Tags.answer(Tags.GO));
            remember(front.awaitValue(Tags.PID));
        }
        if (asksOnTheWay()) {
            awaitBuilt();
            front.data(Tags.answer(Tags.GO));
        } else {
            front.data(Tags.answer(Tags.GO));
            awaitBuilt();
        }
        if (blueprint.mode() == Mode.CREATE) {
            await(Tags.CREATED);
            front.leave();
            return Exit.OK;
        }
        await(Tags.STARTED);
        if (blueprint.mode() == Mode.RUN_DETACHED) {
            front.leave();
            return Exit.OK;
        }
        return Exit.FRONT;
    }

    private void prepare(long pid) {
        remember(pid);
        if (scope != null) {
            scope.start(pid, blueprint.cgroups());
        }
        mapIds(pid);
    }

    /** Whether something has to be done, once the container's process is there, before it goes on. A hook may ask for the container's state. */
    private boolean waitsForJava() {
        boolean users = blueprint.request().spec().linux().namespace(NamespaceType.USER) != null;
        return scope != null || (users && blueprint.direct() == null) || blueprint.hasCreateHooks();
    }

    /** Whether the front has questions while the container builds itself. */
    private boolean asksOnTheWay() {
        Spec spec = blueprint.request().spec();
        return blueprint.hasCreateHooks()
                || !Sources.held(spec.mounts()).isEmpty()
                || !spec.linux().netDevices().isEmpty();
    }

    private void mapIds(long pid) {
        IdMaps maps = blueprint.maps();
        if (maps != null && blueprint.direct() == null) {
            users.map(pid, maps);
        } else if (maps == null && blueprint.request().spec().linux().namespace(NamespaceType.USER) != null) {
            users.expect(pid, blueprint.request().spec().linux());
        }
    }

    /** Mounts with ids of their own ask for user namespaces on the way, network devices for their addresses. */
    private void awaitBuilt() {
        List<Mount> held = Sources.held(blueprint.request().spec().mounts());
        while (true) {
            Event event = hooks.await();
            if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.FILE_SYSTEM_SAYS) {
                said = Failures.said(bytes.content());
            } else if (event instanceof Event.Value value && value.tag() == Tags.HOLDER) {
                Mount mount = held.get((int) (value.value() >>> 32));
                users.map(value.value() & 0xffffffffL, UserNamespaces.maps(mount.uidMappings(), mount.gidMappings()));
                front.data(Tags.answer(Tags.GO));
            } else if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.ADDRESSES) {
                front.data(Tags.answer(addresses.take(bytes.content()) ? Tags.MORE : Tags.GO));
            } else if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.NET_DEVICE) {
                giveAddresses(bytes.content());
            } else if (event instanceof Event.Value value && value.tag() == Tags.BUILT) {
                return;
            } else {
                throw new ConfineException("the front said something unexpected: " + event);
            }
        }
    }

    /** @param indexes of one interface, outside and inside */
    private void giveAddresses(byte[] indexes) {
        int[] index = new int[2];
        for (int i = 0; i < 8; i++) {
            index[i / 4] |= (indexes[i] & 0xff) << (8 * (i % 4));
        }
        for (byte[] message : addresses.moved(index[0], index[1])) {
            front.data(message);
        }
        front.data(Tags.answer(Tags.GO));
    }

    private void await(int tag) {
        Event event = hooks.await();
        if (!(event instanceof Event.Value value) || value.tag() != tag) {
            throw new ConfineException("the front said something unexpected: " + event);
        }
    }

    private void remember(long pid) {
        ProcessStat stat = ProcessStat.of(pid);
        if (stat == null) {
            throw new ConfineException("the container's process " + pid + " ended while it was being made");
        }
        store.keep(state.id(), blueprint.request().config());
        if (blueprint.startHasListener()) {
            store.mark(state.id(), Blueprint.LISTENER);
        }
        if (blueprint.request().noNewKeyring()) {
            store.mark(state.id(), Blueprint.CALLERS_KEYRING);
        }
        state = state.with(pid, stat.startTime());
        store.write(state);
        store.write(
                state.with(blueprint.mode() == Mode.CREATE ? Status.CREATED : Status.RUNNING), Blueprint.BUILT_STATE);
        writePidFile(blueprint.request().pidFile(), pid);
    }

    static void writePidFile(@Nullable String pidFile, long pid) {
        if (pidFile != null) {
            StateStore.replace(new File(pidFile), Long.toString(pid).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
