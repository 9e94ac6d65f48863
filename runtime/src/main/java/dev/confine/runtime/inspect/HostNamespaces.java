package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All namespaces of a host at one moment that the caller may see: those of processes, those that are bound to a file in a mount namespace of a process or open
 * in one, and the owners and parents of all these, which the kernel names even where nobody is in them. A namespace that only a socket or a message on its way
 * keeps is not found. What changes meanwhile is seen as it is when it is read.
 *
 * @param namespaces by type, then inode
 * @param processes all that could be read, by pid
 * @param unreadable how many processes the caller may not look at
 */
public record HostNamespaces(List<Namespace> namespaces, List<ObservedProcess> processes, int unreadable) {
    /** Entering these changes nothing for the process itself. */
    private static final List<NamespaceType> LEFT_TO_CHILDREN = List.of(NamespaceType.PID, NamespaceType.TIME);

    private static final Comparator<Namespace> ORDER = Comparator.<Namespace, NamespaceType>comparing(
                    namespace -> namespace.id().type())
            .thenComparingLong(namespace -> namespace.id().inode());

    public HostNamespaces {
        namespaces = Collections.unmodifiableList(namespaces);
        processes = Collections.unmodifiableList(processes);
    }

    /** Looks at the host. */
    public static HostNamespaces read(Proc proc, NamespaceRelations.Source source) {
        return new Reading(proc, source).all();
    }

    /** The namespace with that inode; null when there is none, or none that can be seen. */
    public @Nullable Namespace find(long inode) {
        for (Namespace namespace : namespaces) {
            if (namespace.id().inode() == inode) {
                return namespace;
            }
        }
        return null;
    }

    /** The process with that pid; null when it cannot be seen. */
    public @Nullable ObservedProcess process(long pid) {
        for (ObservedProcess process : processes) {
            if (process.pid() == pid) {
                return process;
            }
        }
        return null;
    }

    /** One look. */
    private static final class Reading {
        private final Proc proc;
        private final NamespaceRelations.Source source;
        private final Map<NamespaceId, List<ObservedProcess>> members = new HashMap<>();
        private final Map<NamespaceId, List<String>> bound = new HashMap<>();
        private final Map<NamespaceId, List<String>> open = new HashMap<>();
        private final Map<NamespaceId, Long> forChildren = new HashMap<>();
        private final Map<NamespaceId, NamespaceRelations> relations = new HashMap<>();
        private final List<ObservedProcess> processes = new ArrayList<>();
        private int unreadable;

        Reading(Proc proc, NamespaceRelations.Source source) {
            this.proc = proc;
            this.source = source;
        }

        HostNamespaces all() {
            NamespaceLinks links = new NamespaceLinks(proc);
            for (long pid : proc.pids()) {
                try {
                    observe(pid, links);
                } catch (ProcessUnreadable closed) {
                    unreadable++;
                }
            }
            explore();
            bindings();
            exploreOpen();
            List<Namespace> all = new ArrayList<>();
            for (Map.Entry<NamespaceId, NamespaceRelations> entry : relations.entrySet()) {
                NamespaceId id = entry.getKey();
                all.add(new Namespace(
                        id,
                        members.getOrDefault(id, List.of()),
                        entry.getValue(),
                        bound.getOrDefault(id, List.of()),
                        members.containsKey(id) ? List.of() : open.getOrDefault(id, List.of()),
                        forChildren.getOrDefault(id, 0L)));
            }
            all.sort(ORDER);
            return new HostNamespaces(all, processes, unreadable);
        }

        private void observe(long pid, NamespaceLinks links) {
            Map<NamespaceType, NamespaceId> namespaces = links.of(pid);
            ProcessStatus status = namespaces.isEmpty() ? null : proc.status(pid);
            if (status == null || !status.alive()) {
                return;
            }
            ObservedProcess process = new ObservedProcess(status, namespaces);
            processes.add(process);
            for (NamespaceId id : namespaces.values()) {
                members.computeIfAbsent(id, any -> new ArrayList<>()).add(process);
            }
            for (NamespaceType type : LEFT_TO_CHILDREN) {
                NamespaceId id = links.forChildren(pid, type);
                if (id != null && !process.isIn(id)) {
                    forChildren.putIfAbsent(id, pid);
                }
            }
            descriptors(pid, links);
        }

        private void descriptors(long pid, NamespaceLinks links) {
            for (String descriptor : proc.descriptors(pid)) {
                String file = "fd/" + descriptor;
                NamespaceId id = links.open(pid, file);
                if (id != null) {
                    open.computeIfAbsent(id, any -> new ArrayList<>()).add(proc.path(pid, file));
                }
            }
        }

        private void exploreOpen() {
            open.keySet().removeAll(members.keySet());
            for (Map.Entry<NamespaceId, List<String>> entry : open.entrySet()) {
                for (String place : entry.getValue()) {
                    source.exploreOpen(entry.getKey(), place, relations);
                }
                relations.putIfAbsent(entry.getKey(), NamespaceRelations.UNKNOWN);
            }
        }

        private void explore() {
            for (Map.Entry<NamespaceId, List<ObservedProcess>> entry : members.entrySet()) {
                NamespaceId id = entry.getKey();
                long first = entry.getValue().get(0).pid();
                source.explore(id, proc.path(first, "ns/" + NamespaceId.file(id.type())), relations);
                relations.putIfAbsent(id, NamespaceRelations.UNKNOWN);
            }
            for (Map.Entry<NamespaceId, Long> entry : forChildren.entrySet()) {
                NamespaceId id = entry.getKey();
                source.explore(id, proc.path(entry.getValue(), NamespaceLinks.fileForChildren(id.type())), relations);
                relations.putIfAbsent(id, NamespaceRelations.UNKNOWN);
            }
        }

        /** Each mount namespace has mounts of its own; ours is known also where none of its processes may be looked at. */
        private void bindings() {
            NamespaceId own = proc.ownNamespace(NamespaceType.MOUNT);
            bindings(proc.ownPath(""));
            for (Map.Entry<NamespaceId, List<ObservedProcess>> entry : members.entrySet()) {
                if (entry.getKey().type() == NamespaceType.MOUNT
                        && !entry.getKey().equals(own)) {
                    bindings(proc.path(entry.getValue().get(0).pid(), ""));
                }
            }
        }

        private void bindings(String directory) {
            String mounts = proc.text(directory + "mountinfo");
            if (mounts == null || !mounts.contains(" - nsfs ")) {
                return;
            }
            for (MountLine line : MountLine.parse(mounts)) {
                NamespaceId id = line.namespace();
                if (id != null) {
                    List<String> files = bound.computeIfAbsent(id, any -> new ArrayList<>());
                    if (!files.contains(line.target())) {
                        files.add(line.target());
                    }
                    source.exploreBound(id, directory + "root", line.target(), relations);
                    relations.putIfAbsent(id, NamespaceRelations.UNKNOWN);
                }
            }
        }
    }
}
