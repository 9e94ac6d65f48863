package dev.confine.runtime.compile;

import dev.confine.idmap.IdMaps;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.Resctrl;
import dev.confine.spec.Hooks;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything the compiler knows of a container: what was asked for, by whom, and where its state is kept. The specification in it is valid.
 *
 * @param request what was asked for
 * @param caller who asked
 * @param stateDirectory absolute path of {@code ROOT/<id>}
 * @param mode what becomes of the front
 * @param maps of the new user namespace, or null where there is none
 * @param direct the lines of them that the front writes, or null where Java has them written
 * @param filter what {@code linux.seccomp} comes to, as seccomp(2) takes it; empty where there is none
 * @param cgroups where the container's cgroups lie, and their limits
 * @param resctrl its groups there
 */
public record Blueprint(
        CreateRequest request,
        Caller caller,
        String stateDirectory,
        Mode mode,
        @Nullable IdMaps maps,
        @Nullable IdMaps direct,
        byte[] filter,
        Plan cgroups,
        Resctrl resctrl) {

    /** Without a filter and cgroups. */
    public Blueprint(CreateRequest request, Caller caller, String stateDirectory, Mode mode, @Nullable IdMaps maps) {
        this(request, caller, stateDirectory, mode, maps, null, new byte[0], Plan.NONE, Resctrl.NONE);
    }

    public Blueprint withDirect(@Nullable IdMaps lines) {
        return new Blueprint(request, caller, stateDirectory, mode, maps, lines, filter, cgroups, resctrl);
    }

    public Blueprint with(byte[] otherFilter) {
        return new Blueprint(request, caller, stateDirectory, mode, maps, direct, otherFilter, cgroups, resctrl);
    }

    public Blueprint with(Plan otherCgroups) {
        return new Blueprint(request, caller, stateDirectory, mode, maps, direct, filter, otherCgroups, resctrl);
    }

    public Blueprint with(Resctrl other) {
        return new Blueprint(request, caller, stateDirectory, mode, maps, direct, filter, cgroups, other);
    }

    /**
     * The same of another container, asked for by a process with another id and other words. The text of its configuration, of which no program depends, is left out.
     */
    public Blueprint of(ContainerId other, long pid, List<String> args) {
        String name = request.id().value();
        Caller by = new Caller(
                pid,
                caller.uid(),
                caller.gid(),
                caller.groups(),
                caller.umask(),
                caller.capabilities(),
                caller.terminals(),
                caller.cwd(),
                args,
                caller.environment());
        return new Blueprint(
                request.of(other, NO_TEXT),
                by,
                stateDirectory.substring(0, stateDirectory.length() - name.length()) + other,
                mode,
                maps,
                direct,
                filter,
                cgroups.renamed(name, other.value()),
                resctrl);
    }

    /** What becomes of the front once the container is built. */
    public enum Mode {
        /** It ends, and the container waits for its start. */
        CREATE,
        /** It starts the container and ends. */
        RUN_DETACHED,
        /** It starts the container and stays until that ends, then removes it. */
        RUN,
        /** As RUN, but what is left of the container stays. */
        RUN_AND_KEEP,
        /** It adds a process to a container that exists, and stays until that ends. */
        EXEC,
        /** It adds a process to a container that exists, and ends. */
        EXEC_DETACHED,
        /** It adds one that does something for Java and ends; the front has not ended then. */
        VISIT;

        /** Whether the front stays. */
        public boolean foreground() {
            return this == RUN || this == RUN_AND_KEEP || this == EXEC;
        }

        boolean adds() {
            return this == EXEC || this == EXEC_DETACHED || this == VISIT;
        }
    }

    private static final byte[] NO_TEXT = new byte[0];

    /** What the state of a new container is to be once it is built, beside that while it is being built. */
    public static final String BUILT_STATE = "state.json.built";

    /** A file that names the cgroups that are made for a container, a line each and children first, before there is a state. */
    public static final String CGROUPS = "cgroups";

    /** The socket a created container waits at. */
    public static final String START_SOCKET = "start";

    /** A file that is there where the start of a created container has a listener of its filter to speak to. */
    public static final String LISTENER = "listener";

    /** A file that is there where the container was made without a session keyring of its own. */
    public static final String CALLERS_KEYRING = "callers-keyring";

    /** Whether {@link #LISTENER} is there. */
    public boolean startHasListener() {
        Seccomp seccomp = spec().linux().seccomp();
        return mode == Mode.CREATE && seccomp != null && seccomp.hasListener();
    }

    Spec spec() {
        return request.spec();
    }

    Process process() {
        return Objects.requireNonNull(spec().process(), "a valid request has a process");
    }

    Root root() {
        return Objects.requireNonNull(spec().root(), "a valid request has a root");
    }

    /** The hooks of the container that is made; a process that is added has none. */
    Hooks hooks() {
        Hooks hooks = mode.adds() ? Hooks.NONE : spec().hooks();
        return hooks.isEmpty() ? hooks : hooks.inheriting(caller.variables());
    }

    /** Whether there are hooks to be run while the container is made. */
    public boolean hasCreateHooks() {
        Hooks hooks = hooks();
        return !hooks.prestart().isEmpty()
                || !hooks.createRuntime().isEmpty()
                || !hooks.createContainer().isEmpty();
    }

    /** Whether some of them run in the front. */
    public boolean runsHooksInFront() {
        return !spec().hooks().prestart().isEmpty()
                || !spec().hooks().createRuntime().isEmpty();
    }

    /** {@code path} of the configuration on the host: absolute, or relative to the bundle. */
    String onHost(String path) {
        return path.startsWith("/") ? path : request.bundle() + "/" + path;
    }

    /** Whether the process stays in its caller's groups, as podman asks for with {@code --group-add keep-groups}. */
    boolean keepsGroups() {
        return "1".equals(spec().annotations().get(Annotations.KEEP_GROUPS));
    }

    /** Whether the filter is set by a process that may still gain privileges. */
    boolean filtersByPrivilege() {
        return spec().linux().seccomp() != null && !process().noNewPrivileges();
    }

    boolean has(NamespaceType type) {
        return spec().linux().namespace(type) != null;
    }

    boolean isNew(NamespaceType type) {
        Namespace namespace = spec().linux().namespace(type);
        return namespace != null && namespace.isNew();
    }

    /** Whether the namespace of this type is one that others made. */
    boolean joins(NamespaceType type) {
        return has(type) && !isNew(type);
    }

    /** Whether a {@link Stage} makes the container's process. */
    boolean isStaged() {
        return mode.adds() || joinsNamespaces();
    }

    /** Whether any namespace is joined by its path. */
    boolean joinsNamespaces() {
        for (Namespace namespace : spec().linux().namespaces()) {
            if (!namespace.isNew()) {
                return true;
            }
        }
        return false;
    }

    /** What systemd has opened for a new container; what is added to one gets nothing of it. */
    Activation activation() {
        return new Activation(caller, mode.adds());
    }

    /** The socket of the caller's service manager, for a new container. */
    Notification notification() {
        return new Notification(caller, spec(), mode.adds());
    }

    /** What the caller has for a container and this one does not get, and why; empty where there is none. */
    public String notPassedOn() {
        return notification().lost();
    }

    /** The mounts of config.json, and after them what is bound for {@link #notification}. */
    public List<Mount> mounts() {
        return notification().after(spec().mounts());
    }

    /** Where config.json has the mount {@code index}; empty for one that it does not have. */
    String mountPointer(int index, String property) {
        return index < spec().mounts().size() ? "/mounts/" + index + property : "";
    }

    /** How many file descriptors after 2 the program keeps. */
    int keptFds() {
        return activation().count() + request.preserveFds();
    }

    /** Whether the container's process itself opens the cgroups that it mounts: they are not there before it is, or it alone may. */
    boolean opensCgroupsInside() {
        return !privileged() || cgroups.isScoped();
    }

    /** Whether the container's process may open in its new mount namespace whatever the front may on the host. */
    boolean isRootInNewMountNamespace() {
        return privileged() && !mode.adds() && isNew(NamespaceType.MOUNT) && !has(NamespaceType.USER);
    }

    /** Whether the front may make detached mounts before the namespaces: what an ordinary user may not. */
    boolean privileged() {
        return caller.isRoot();
    }
}
