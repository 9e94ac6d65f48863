package dev.confine.runtime.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Files that are only told. All belong to 0:0. */
final class FakeTree implements Tree {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, String> targets = new HashMap<>();

    FakeTree() {
        directory("/", 0755);
    }

    FakeTree directory(String path, int mode) {
        return add(path, Inode.Type.DIRECTORY, 0, mode, MountFacts.plain("/", "ext4"));
    }

    FakeTree file(String path, int mode) {
        return add(path, Inode.Type.REGULAR, 0, mode, MountFacts.plain("/", "ext4"));
    }

    FakeTree link(String path, String target, long owner) {
        targets.put(path, target);
        return add(path, Inode.Type.LINK, owner, 0777, MountFacts.plain("/", "ext4"));
    }

    FakeTree add(String path, Inode.Type type, long owner, int mode, MountFacts mount) {
        nodes.put(path, new Node(path, new Inode(type, owner, 0, mode, null, false), mount, "/where" + path, 0));
        return this;
    }

    @Override
    public Node root() {
        return Objects.requireNonNull(nodes.get("/"));
    }

    @Override
    public @Nullable Node child(Node directory, String name) {
        return nodes.get((directory.path().equals("/") ? "" : directory.path()) + "/" + name);
    }

    @Override
    public String target(Node link) {
        return targets.getOrDefault(link.path(), "");
    }
}
