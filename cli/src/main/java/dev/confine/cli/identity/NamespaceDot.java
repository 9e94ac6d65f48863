package dev.confine.cli.identity;

import dev.confine.cli.text.DisplayWidth;
import java.util.List;

/** User namespaces and what they own as a graph for dot(1): an edge leads from the owner to the owned. */
final class NamespaceDot {
    private static final int LONGEST = 40;

    private final StringBuilder text = new StringBuilder();

    private NamespaceDot() {}

    static String of(List<NamespaceFacts> all) {
        NamespaceDot dot = new NamespaceDot();
        dot.text
                .append("digraph namespaces {\n")
                .append("  rankdir=LR;\n")
                .append("  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=10];\n");
        for (OwnedNamespaces root : OwnedNamespaces.of(all)) {
            dot.add(root);
        }
        return dot.text.append("}\n").toString();
    }

    private void add(OwnedNamespaces owner) {
        String from = owner.user() == null ? "unknown" : name(owner.user());
        if (owner.user() == null) {
            text.append("  unknown [label=\"owner not visible\", style=dashed];\n");
        } else {
            node(owner.user(), ", style=\"rounded,bold\"");
        }
        for (NamespaceFacts owned : owner.owned()) {
            node(owned, "");
            text.append("  ").append(from).append(" -> ").append(name(owned)).append(";\n");
        }
        for (OwnedNamespaces child : owner.children()) {
            add(child);
            if (child.user() != null) {
                text.append("  ").append(from).append(" -> ").append(name(child.user()));
                text.append(" [style=bold];\n");
            }
        }
    }

    private void node(NamespaceFacts facts, String attributes) {
        StringBuilder label = new StringBuilder(facts.id().toString());
        if (!facts.maps().isEmpty()) {
            label.append("\\nmaps ").append(quoted(facts.maps()));
        }
        int count = facts.namespace().processes().size();
        label.append("\\n").append(count).append(count == 1 ? " process" : " processes");
        if (facts.container() != null) {
            label.append("\\n").append(quoted(facts.container().toString()));
        }
        String command = facts.commandOrKeeper();
        if (!command.isEmpty()) {
            label.append("\\n").append(quoted(command));
        }
        text.append("  ").append(name(facts)).append(" [label=\"").append(label).append('"');
        text.append(attributes).append("];\n");
    }

    private static String name(NamespaceFacts facts) {
        return facts.type() + "_" + facts.inode();
    }

    private static String quoted(String value) {
        return DisplayWidth.cut(DisplayWidth.printable(value), LONGEST)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"");
    }
}
