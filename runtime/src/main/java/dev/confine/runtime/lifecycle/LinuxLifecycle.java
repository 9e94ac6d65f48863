package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.launch.Program;
import dev.confine.launch.listing.Listing;
import dev.confine.runtime.access.Reach;
import dev.confine.runtime.cgroup.Members;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.Resctrl;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.compile.Grantable;
import dev.confine.runtime.compile.HookReport;
import dev.confine.runtime.compile.IgnoredOptions;
import dev.confine.runtime.compile.SmallPrograms;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.seccomp.Filters;
import dev.confine.runtime.seccomp.KeptFilters;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Hooks;
import dev.confine.spec.Linux;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Resources;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.ContainerProcess;
import dev.confine.spi.Context;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.ExecRequest;
import dev.confine.spi.Exit;
import dev.confine.spi.HostCalls;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Lifecycle;
import dev.confine.spi.RestoreRequest;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import dev.confine.stats.Observer;
import dev.confine.stats.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Containers of this Linux host, made and held through launch programs. */
public final class LinuxLifecycle implements Lifecycle {
    private final String backend;
    private final Context context;
    private final Conversation front;
    private final StateStore store;
    private final IdMapper mapper;
    private final @Nullable HostCalls calls;
    private final Filters filters;
    private final ContainerHooks hooks;

    /**
     * @param backend the name that is remembered with a container
     * @param calls for what the JVM does itself when there is time for it, or null: then the launcher does all
     */
    public LinuxLifecycle(String backend, Context context, IdMapper mapper, @Nullable HostCalls calls) {
        if (!(context.session() instanceof Conversation conversation)) {
            throw new IllegalArgumentException("the Linux lifecycle needs a conversation with the launcher");
        }
        this.backend = backend;
        this.context = context;
        this.front = conversation;
        this.store = new StateStore(context.root());
        this.mapper = mapper;
        this.calls = calls;
        this.filters = new KeptFilters(context.session().caller(), new FrontFiles(conversation), context.log());
        this.hooks = new ContainerHooks(front, store, context);
    }

    @Override
    public void create(CreateRequest request) {
        make(request, Mode.CREATE);
    }

    @Override
    public Exit run(CreateRequest request, boolean detach, boolean keep) {
        return make(request, detach ? Mode.RUN_DETACHED : keep ? Mode.RUN_AND_KEEP : Mode.RUN);
    }

    private Exit make(CreateRequest request, Mode mode) {
        IdMaps maps = admit(request, mode);
        try (ContainerScope scope = ContainerScope.of(context, request)) {
            Plan cgroups = ContainerCgroups.plan(context, request, scope);
            Blueprint blueprint = blueprint(Destinations.resolved(request), mode, maps, cgroups)
                    .with(ContainerCgroups.resctrl(request));
            warn(blueprint);
            IgnoredOptions.warn(request.spec(), context.log());
            ContainerState state = newState(request, blueprint);
            return new Creation(front, store, mapper, calls, hooks, blueprint, state, scope).run();
        }
    }

    /** Refuses what cannot become a container here. */
    private @Nullable IdMaps admit(CreateRequest request, Mode mode) {
        IdMaps maps = newMaps(request);
        new Preflight(caller(), request, maps, !mode.foreground()).check();
        if (maps != null) {
            mapper.check(caller(), maps);
        }
        store.prepare(request.id());
        return maps;
    }

    /** The maps of the user namespace that is to be made, or null when none is. */
    static @Nullable IdMaps newMaps(CreateRequest request) {
        Linux linux = request.spec().linux();
        Namespace users = linux.namespace(NamespaceType.USER);
        return users != null && users.isNew() ? UserNamespaces.maps(linux.uidMappings(), linux.gidMappings()) : null;
    }

    private Blueprint blueprint(CreateRequest request, Mode mode, @Nullable IdMaps maps, Plan cgroups) {
        byte[] filter = filters.filter(request.spec());
        return new Blueprint(
                request,
                caller(),
                store.directory(request.id()),
                mode,
                maps,
                maps == null ? null : mapper.direct(maps),
                filter,
                cgroups,
                Resctrl.NONE);
    }

    private ContainerState newState(CreateRequest request, Blueprint blueprint) {
        return Creation.state(request, blueprint, backend, caller().uid());
    }

    @Override
    public void start(ContainerId id) {
        ContainerState created = Making.awaited(store, id);
        Hooks kept = hooks.of(id);
        Spec listened = store.isMarked(id, Blueprint.LISTENER) ? config(id) : null;
        Compiled program = SmallPrograms.start(store.directory(id), created, kept, listened);
        try {
            front.run(program.program());
            front.awaitValue(Tags.LOCKED);
            ContainerState state = state(id);
            if (state.status() != Status.CREATED) {
                throw new ConfineException(
                        "cannot start a container that is " + state.status().word() + ": " + id);
            }
            front.data(Tags.answer(Tags.GO));
            started(state, kept);
        } catch (LaunchFailure e) {
            ConfineException failure = new Failures(program, calls).explain(e, hooks.said());
            if (e.step().pointer().startsWith("/hooks/")) {
                destroy(id);
            }
            throw failure;
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private void started(ContainerState state, Hooks kept) {
        Event event = front.await();
        if (event instanceof Event.Bytes bytes && HookReport.is(bytes.content())) {
            front.awaitDone();
            destroy(state.id());
            throw ContainerHooks.failure("startContainer", kept.startContainer(), bytes.content());
        }
        if (event instanceof Event.Bytes bytes) {
            throw FailedStart.of(bytes.content(), state, config(state.id()), caller());
        }
        store.write(state.with(Status.RUNNING));
        if (!kept.poststart().isEmpty()) {
            front.data(Tags.answer(Tags.GO));
        }
        hooks.await();
    }

    /** A hook has failed: {@code runtime.md#lifecycle} goes on where the container is destroyed. */
    private void destroy(ContainerId id) {
        try {
            delete(id, true);
        } catch (ConfineException e) {
            context.log().warn(e.getMessage());
        }
    }

    @Override
    public ContainerState state(ContainerId id) {
        return current(store.read(id));
    }

    @Override
    public ContainerState state(ContainerState remembered) {
        return current(remembered);
    }

    /** What was remembered, with the status that /proc and its cgroups show. */
    public static ContainerState current(ContainerState state) {
        if (!alive(state)) {
            return state.with(Status.STOPPED).with(0, 0);
        }
        return new Members(state.cgroups()).isFrozen() ? state.with(Status.PAUSED) : state;
    }

    static boolean alive(ContainerState state) {
        ProcessStat stat = ProcessStat.of(state.pid());
        return stat != null && stat.startTime() == state.startTime() && stat.alive();
    }

    @Override
    public Spec config(ContainerId id) {
        store.read(id);
        return SpecReader.read(store.config(id));
    }

    @Override
    public Exit exec(ExecRequest request) {
        ContainerState state = state(request.id());
        if (!hasProcesses(state)) {
            throw new ConfineException(
                    "cannot exec in a " + state.status().word() + " container: container not running: " + request.id());
        }
        if (state.status() == Status.PAUSED && !request.ignorePaused()) {
            throw new ConfineException("cannot exec in a paused container: container paused: " + request.id()
                    + " (resume it first; with --ignore-paused the process waits until someone does)");
        }
        Addition.check(request);
        Blueprint blueprint = blueprint(
                        Addition.as(request, state, store.isMarked(state.id(), Blueprint.CALLERS_KEYRING)),
                        request.detach() ? Mode.EXEC_DETACHED : Mode.EXEC,
                        maps(request, state),
                        new ContainerCgroups(front, state).joining(request.cgroups()))
                .with(Resctrl.joining(
                        request.spec().linux().intelRdt(), state.id().value()));
        warn(blueprint);
        return new Addition(front, calls, state, blueprint, request.cgroups()).run();
    }

    /** What the maps of a container are, whoever wrote them; only root gives something to an id outside. */
    private @Nullable IdMaps maps(ExecRequest request, ContainerState state) {
        boolean users = request.spec().linux().namespace(NamespaceType.USER) != null;
        return users && caller().isRoot() ? new MapFiles().of(state.pid()) : null;
    }

    private void warn(Blueprint blueprint) {
        List<String> missing = Grantable.missing(blueprint);
        if (!missing.isEmpty()) {
            context.log()
                    .warn("the caller does not have " + String.join(", ", missing)
                            + ", so the container will not either (config.json /process/capabilities)");
        }
        if (!blueprint.notPassedOn().isEmpty()) {
            context.log().debug(blueprint.notPassedOn());
        }
    }

    private static boolean hasProcesses(ContainerState state) {
        return state.status() != Status.CREATING && state.status() != Status.STOPPED;
    }

    /** The state of a container that has processes. */
    private ContainerState living(ContainerId id) {
        ContainerState state = state(id);
        if (!hasProcesses(state)) {
            throw new ConfineException(
                    "container not running: " + id + " is " + state.status().word());
        }
        return state;
    }

    @Override
    public void kill(ContainerId id, int signal) {
        ContainerState state = living(id);
        new FirstProcess(front, calls, state).signal(signal);
        if (signal == FirstProcess.SIGKILL) {
            new ContainerCgroups(front, state).letEnd();
        }
    }

    @Override
    public void killAll(ContainerId id, int signal) {
        ContainerState state = state(id);
        if (state.cgroups().isEmpty()) {
            kill(id, signal);
        } else {
            new ContainerCgroups(front, state).signal(signal);
        }
    }

    @Override
    public void pause(ContainerId id) {
        new ContainerCgroups(front, living(id)).freeze();
    }

    @Override
    public void resume(ContainerId id) {
        new ContainerCgroups(front, state(id)).thaw();
    }

    @Override
    public void update(ContainerId id, Resources change) {
        new LimitChange(front, context, store, living(id), config(id)).run(change);
    }

    @Override
    public Statistics statistics(ContainerId id) {
        return new Observation(front, living(id)).statistics();
    }

    @Override
    public void observe(ContainerId id, long interval, Observer observer) {
        new Observation(front, living(id)).run(interval, observer);
    }

    @Override
    public void addMounts(ContainerId id, Spec spec) {
        IgnoredOptions.warn(spec, context.log());
        mountChange(id, spec).add();
    }

    @Override
    public void removeMounts(ContainerId id, List<String> destinations) {
        mountChange(id, config(id)).remove(destinations);
    }

    /** Reaches what belongs to the ids of {@code maps}, which the caller must be allowed to have. */
    public Reach reach(HostFiles files, IdMaps maps) {
        return InnerReach.of(front, files, mapper, maps);
    }

    private MountChange mountChange(ContainerId id, Spec spec) {
        return new MountChange(front, mapper, calls, living(id), spec, store.directory(id));
    }

    @Override
    public void checkpoint(ContainerId id, CheckpointRequest request) {
        new Checkpoint(front, living(id), config(id), request).run();
        if (!request.leaveRunning() && !request.preDump()) {
            delete(id, true);
        }
    }

    @Override
    public Exit restore(RestoreRequest request, boolean detach) {
        CreateRequest create = request.create();
        Mode mode = detach ? Mode.RUN_DETACHED : Mode.RUN;
        IdMaps maps = admit(create, mode);
        try (ContainerScope scope = ContainerScope.of(context, create)) {
            Blueprint blueprint = new Blueprint(create, caller(), store.directory(create.id()), mode, maps)
                    .with(ContainerCgroups.plan(context, create, scope))
                    .with(ContainerCgroups.resctrl(create));
            return new Restoration(front, store, hooks, blueprint, newState(create, blueprint), request, scope).run();
        }
    }

    @Override
    public void delete(ContainerId id, boolean force) {
        new Removal(front, context, store, calls, hooks).run(id, force);
    }

    @Override
    public List<ContainerProcess> processes(ContainerId id) {
        return ContainerProcesses.of(living(id).pid());
    }

    @Override
    public String plan(CreateRequest request, boolean json) {
        try (ContainerScope scope = ContainerScope.of(context, request)) {
            Plan cgroups = ContainerCgroups.plan(context, request, scope);
            Program program = Compiler.compile(
                            blueprint(Destinations.resolved(request), Mode.RUN, newMaps(request), cgroups))
                    .program();
            return json ? Listing.json(program) : Listing.text(program);
        }
    }

    private Caller caller() {
        return context.session().caller();
    }
}
