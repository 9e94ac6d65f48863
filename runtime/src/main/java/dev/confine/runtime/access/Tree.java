package dev.confine.runtime.access;

import org.jspecify.annotations.Nullable;

/** Where a walk finds files: a container's root directory and all beneath it, with what is mounted there. It follows no link. */
public interface Tree {
    Node root();

    /**
     * The entry of a directory, or null where there is none.
     *
     * @throws Unseen when whoever looks may not
     */
    @Nullable
    Node child(Node directory, String name);

    /** Where a symbolic link leads. */
    String target(Node link);

    /**
     * A file that was found.
     *
     * @param path from the root, without links
     * @param where it is for whoever looks, to be written in commands
     * @param handle the tree's own
     */
    record Node(String path, Inode inode, MountFacts mount, String where, int handle) {}
}
