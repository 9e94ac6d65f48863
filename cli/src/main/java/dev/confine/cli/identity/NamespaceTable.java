package dev.confine.cli.identity;

import dev.confine.cli.args.NsArguments.Tree;
import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.cli.text.Table;
import dev.confine.runtime.inspect.HostNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Namespaces, a line each. */
final class NamespaceTable {
    private NamespaceTable() {}

    static String of(List<NamespaceFacts> shown, Tree tree, HostNamespaces host, Screen screen) {
        List<NamespaceTree.Line> lines = new ArrayList<>();
        if (tree == Tree.NONE) {
            for (NamespaceFacts facts : shown) {
                lines.add(new NamespaceTree.Line("", facts));
            }
        } else {
            lines = new NamespaceTree(tree, host).lines(shown, screen.lines());
        }
        Table table = new Table(
                        "TYPE", "INODE", "NPROCS", "PID", "USERS", "OWNER", "PARENT", "MAPS", "CONTAINER", "COMMAND")
                .right("NPROCS", "PID")
                .least("USERS", 8)
                .least("MAPS", 14)
                .least("CONTAINER", 12)
                .least("COMMAND", 16)
                .dispensable("PARENT", "OWNER", "MAPS", "USERS", "CONTAINER", "NPROCS")
                .tone("CONTAINER", cell -> Tone.NAME);
        for (NamespaceTree.Line line : lines) {
            NamespaceFacts facts = line.facts();
            table.row(
                    line.branch() + facts.type(),
                    facts.inode(),
                    Integer.toString(facts.namespace().processes().size()),
                    facts.firstPid(),
                    String.join(",", facts.users()),
                    facts.owner(),
                    facts.parent(),
                    facts.maps(),
                    facts.container() == null ? "" : Objects.toString(facts.container()),
                    facts.commandOrKeeper());
        }
        return table.on(screen);
    }
}
