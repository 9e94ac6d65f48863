package dev.confine.runtime.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with who is in it and what keeps it.
 *
 * @param id which
 * @param processes in it, by pid; none for one that a mount, a descriptor or a namespace of its own keeps
 * @param relations its owner and parent, as far as they are told
 * @param bound files that it is bound to, each as the process sees it that has the mount
 * @param open descriptors that keep it open, as {@code /proc/812/fd/5}; only looked for where nobody is in it
 * @param forChildrenOf a process that is not in it and whose children will be, time_namespaces(7), pid_namespaces(7); 0 for none
 */
public record Namespace(
        NamespaceId id,
        List<ObservedProcess> processes,
        NamespaceRelations relations,
        List<String> bound,
        List<String> open,
        long forChildrenOf) {
    public Namespace {
        processes = Collections.unmodifiableList(processes);
        bound = Collections.unmodifiableList(new ArrayList<>(bound));
        open = Collections.unmodifiableList(new ArrayList<>(open));
    }

    /** The process with the smallest pid, or null. */
    public @Nullable ObservedProcess first() {
        return processes.isEmpty() ? null : processes.get(0);
    }

    /** The effective user ids of its processes, ascending, as we see them. */
    public Set<Long> users() {
        Set<Long> users = new TreeSet<>();
        for (ObservedProcess process : processes) {
            users.add(process.status().uids().effective());
        }
        return users;
    }
}
