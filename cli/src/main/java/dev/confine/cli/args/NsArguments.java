package dev.confine.cli.args;

import dev.confine.spec.NamespaceType;
import java.util.Set;

/**
 * {@code ns}.
 *
 * @param types those to show; all when empty
 * @param pid of the process whose namespaces are shown; 0 for those of all
 * @param inode of the namespace whose processes are shown; 0 for none
 * @param tree by what namespaces are put below each other
 * @param form how they are shown
 * @param watch whether to go on with what changes
 */
public record NsArguments(Set<NamespaceType> types, long pid, long inode, Tree tree, Form form, boolean watch) {
    public NsArguments {
        types = Set.copyOf(types);
    }

    /** What stands above a namespace. */
    public enum Tree {
        NONE,
        OWNER,
        PARENT,
        PROCESS
    }

    /** What is written. */
    public enum Form {
        TABLE,
        JSON,
        DOT,
        SVG
    }
}
