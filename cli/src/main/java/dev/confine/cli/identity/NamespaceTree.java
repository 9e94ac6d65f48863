package dev.confine.cli.identity;

import dev.confine.cli.args.NsArguments.Tree;
import dev.confine.runtime.inspect.HostNamespaces;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces put below each other: what a user namespace owns below it, what has a parent below that (user and pid namespaces alone have one), or each type below
 * the namespace that the parent of its first process is in.
 */
final class NamespaceTree {
    private final Tree kind;
    private final HostNamespaces host;
    private final Map<Long, ObservedProcess> processes = new HashMap<>();
    private final Map<NamespaceId, Namespace> namespaces = new HashMap<>();

    /** A line of the tree. */
    record Line(String branch, NamespaceFacts facts) {}

    NamespaceTree(Tree kind, HostNamespaces host) {
        this.kind = kind;
        this.host = host;
        for (ObservedProcess process : host.processes()) {
            processes.put(process.pid(), process);
        }
        for (Namespace namespace : host.namespaces()) {
            namespaces.put(namespace.id(), namespace);
        }
    }

    /** The lines of {@code shown} in the order of the tree; one whose parent is not shown stands below the next one above that is. */
    List<Line> lines(List<NamespaceFacts> shown, boolean unicode) {
        Map<NamespaceId, NamespaceFacts> facts = new LinkedHashMap<>();
        for (NamespaceFacts one : shown) {
            if (kind != Tree.PARENT || hasParent(one.id().type())) {
                facts.put(one.id(), one);
            }
        }
        Map<NamespaceId, List<NamespaceFacts>> children = new HashMap<>();
        List<NamespaceFacts> roots = new ArrayList<>();
        for (NamespaceFacts one : facts.values()) {
            NamespaceId above = above(one.id(), facts);
            if (above == null) {
                roots.add(one);
            } else {
                children.computeIfAbsent(above, any -> new ArrayList<>()).add(one);
            }
        }
        for (List<NamespaceFacts> below : children.values()) {
            // what has more below it comes last
            below.sort(Comparator.comparing(one -> one.id().type() == NamespaceType.USER));
        }
        List<Line> lines = new ArrayList<>();
        for (NamespaceFacts root : roots) {
            add(lines, root, "", "", children, unicode);
        }
        return lines;
    }

    private static void add(
            List<Line> lines,
            NamespaceFacts facts,
            String branch,
            String indent,
            Map<NamespaceId, List<NamespaceFacts>> children,
            boolean unicode) {
        lines.add(new Line(branch, facts));
        List<NamespaceFacts> below = children.getOrDefault(facts.id(), List.of());
        for (int i = 0; i < below.size(); i++) {
            boolean last = i + 1 == below.size();
            String here = unicode ? (last ? "└─" : "├─") : (last ? "`-" : "|-");
            String next = last ? "  " : unicode ? "│ " : "| ";
            add(lines, below.get(i), indent + here, indent + next, children, unicode);
        }
    }

    private @Nullable NamespaceId above(NamespaceId id, Map<NamespaceId, NamespaceFacts> shown) {
        Set<NamespaceId> seen = new HashSet<>(Set.of(id));
        NamespaceId above = above(id);
        while (above != null && !shown.containsKey(above)) {
            above = seen.add(above) ? above(above) : null;
        }
        return id.equals(above) ? null : above;
    }

    private @Nullable NamespaceId above(NamespaceId id) {
        Namespace namespace = namespaces.get(id);
        if (namespace == null) {
            return null;
        }
        return switch (kind) {
            case OWNER -> namespace.relations().owner();
            case PARENT -> namespace.relations().parent();
            case PROCESS -> ofParentProcess(namespace);
            case NONE -> null;
        };
    }

    private @Nullable NamespaceId ofParentProcess(Namespace namespace) {
        ObservedProcess process = namespace.first();
        int left = host.processes().size();
        while (process != null && process.isIn(namespace.id()) && left-- > 0) {
            process = processes.get(process.status().parent());
        }
        return process == null ? null : process.namespaces().get(namespace.id().type());
    }

    private static boolean hasParent(NamespaceType type) {
        return type == NamespaceType.USER || type == NamespaceType.PID;
    }
}
