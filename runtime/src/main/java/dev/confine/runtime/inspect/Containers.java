package dev.confine.runtime.inspect;

import dev.confine.ConfineException;
import dev.confine.runtime.inspect.ContainerName.Engine;
import dev.confine.runtime.lifecycle.ProcessStat;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.NamespaceType;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which container a process is in: ours by what the state directory remembers, those of podman, Docker, containerd and CRI-O by the traces they leave. Keeps
 * what it has read, so one is made for one look at the host.
 */
public final class Containers {
    /** More ancestors than any process has. */
    private static final int MOST_ANCESTORS = 4096;

    private final Proc proc;
    private final List<Own> own;
    private final Map<Long, @Nullable ContainerName> known = new HashMap<>();
    private final Map<Long, Long> parents = new HashMap<>();

    /** A container of ours whose first process lives, with its pid namespace where it has one of its own. */
    private record Own(
            ContainerName name, long pid, @Nullable NamespaceId pidNamespace) {}

    private Containers(Proc proc, List<Own> own) {
        this.proc = proc;
        this.own = own;
    }

    /** Those of {@code store} and of all engines. */
    public static Containers of(Proc proc, StateStore store) {
        List<Own> own = new ArrayList<>();
        NamespaceId ours = proc.ownNamespace(NamespaceType.PID);
        for (ContainerId id : ids(store)) {
            ContainerState state = state(store, id);
            ProcessStat stat = state == null ? null : ProcessStat.of(state.pid());
            if (state != null && stat != null && stat.alive() && stat.startTime() == state.startTime()) {
                NamespaceId namespace = pidNamespace(proc, state.pid());
                boolean separate = namespace != null && !namespace.equals(ours);
                own.add(new Own(
                        new ContainerName(Engine.CONFINE, id.value(), ""), state.pid(), separate ? namespace : null));
            }
        }
        return new Containers(proc, own);
    }

    /** Saves the reading of a parent that is known already. */
    public void parent(ProcessStatus status) {
        parents.put(status.pid(), status.parent());
    }

    /** The container of a process; null for one of the host, and for one that has ended. */
    public @Nullable ContainerName of(long pid) {
        if (!known.containsKey(pid)) {
            known.put(pid, find(pid));
        }
        return known.get(pid);
    }

    private @Nullable ContainerName find(long pid) {
        ContainerName ours = ours(pid);
        ContainerName engine = ofEngine(pid);
        // an engine that has us start its containers has a name for them
        return ours == null || (engine != null && engine.id().equals(ours.id())) ? engine : ours;
    }

    private @Nullable ContainerName ofEngine(long pid) {
        ContainerName keeper = keeper(pid);
        ContainerName cgroup = byCgroup(pid);
        boolean same = keeper != null && cgroup != null && keeper.id().equals(cgroup.id());
        return cgroup == null || same ? keeper : cgroup;
    }

    private @Nullable ContainerName ours(long pid) {
        if (own.isEmpty()) {
            return null;
        }
        NamespaceId namespace = pidNamespace(proc, pid);
        for (Own container : own) {
            if (container.pidNamespace != null && container.pidNamespace.equals(namespace)) {
                return container.name;
            }
        }
        Set<Long> line = new HashSet<>(ancestors(pid));
        line.add(pid);
        for (Own container : own) {
            if (line.contains(container.pid)) {
                return container.name;
            }
        }
        return null;
    }

    private @Nullable ContainerName byCgroup(long pid) {
        String text = proc.text(pid, "cgroup");
        if (text != null) {
            for (String path : CgroupPaths.parse(text).values()) {
                ContainerName found = EngineTraces.ofCgroup(path);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable ContainerName keeper(long pid) {
        for (long ancestor : ancestors(pid)) {
            ContainerName found = EngineTraces.ofKeeper(proc.arguments(ancestor));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** From the parent on; init(1) and what has no parent that can be seen end it. */
    private List<Long> ancestors(long pid) {
        List<Long> ancestors = new ArrayList<>();
        long next = parentOf(pid);
        while (next > 1 && ancestors.size() < MOST_ANCESTORS) {
            ancestors.add(next);
            next = parentOf(next);
        }
        return ancestors;
    }

    private long parentOf(long pid) {
        Long parent = parents.get(pid);
        if (parent == null) {
            ProcessStatus status = proc.status(pid);
            parent = status == null ? 0 : status.parent();
            parents.put(pid, parent);
        }
        return parent;
    }

    private static @Nullable NamespaceId pidNamespace(Proc proc, long pid) {
        try {
            return proc.namespace(pid, "pid");
        } catch (ProcessUnreadable e) {
            return null;
        }
    }

    private static List<ContainerId> ids(StateStore store) {
        try {
            return store.ids();
        } catch (ConfineException unreadable) {
            return List.of();
        }
    }

    private static @Nullable ContainerState state(StateStore store, ContainerId id) {
        try {
            return store.find(id);
        } catch (ConfineException unreadable) {
            return null;
        }
    }
}
