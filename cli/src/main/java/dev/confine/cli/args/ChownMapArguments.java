package dev.confine.cli.args;

import org.jspecify.annotations.Nullable;

/**
 * The words of {@code chown-map}.
 *
 * @param tree a directory; empty with {@code undo}
 * @param bundle whose map is taken, or null
 * @param back from ids of the host to those of the container
 * @param apply do it
 * @param mountPoint the tree may be a mount point, or the root of the host
 * @param journal where to write what was touched, or null for beside the tree
 * @param undo the journal of what is to be taken back, or null
 */
public record ChownMapArguments(
        String tree,
        MapArguments maps,
        @Nullable String bundle,
        boolean back,
        boolean apply,
        boolean mountPoint,
        @Nullable String journal,
        @Nullable String undo,
        boolean json) {}
