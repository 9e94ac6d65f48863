package dev.confine.runtime.access;

import dev.confine.runtime.access.Tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a path as the kernel does, path_resolution(7): every directory on the way is searched, a dot and two dots as well, links are followed, and the last
 * component is asked for what is wanted. It opens nothing. One walk for one path.
 */
public final class Walk {
    private static final int MOST_LINKS = 40;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4095;

    private final Tree tree;
    private final Credentials who;
    private final boolean protectsLinks;
    private final List<Verdict.Step> steps = new ArrayList<>();
    /** From the root to where the walk is. */
    private final Deque<Node> place = new ArrayDeque<>();
    /** What is still to be walked; a link puts its own before it. */
    private final Deque<String> rest = new ArrayDeque<>();

    private int links;
    private boolean mustBeDirectory;

    private Walk(Tree tree, Credentials who, boolean protectsLinks) {
        this.tree = tree;
        this.who = who;
        this.protectsLinks = protectsLinks;
        place.push(tree.root());
    }

    /**
     * Whether {@code who} may use {@code path}.
     *
     * @param path absolute; a relative one starts at the root as well
     * @param wanted bits of {@link Permission}
     * @param protectsLinks the setting fs.protected_symlinks
     */
    public static Verdict of(Tree tree, Credentials who, boolean protectsLinks, String path, int wanted) {
        Walk walk = new Walk(tree, who, protectsLinks);
        String unseen = null;
        try {
            walk.go(path, wanted);
        } catch (Unseen e) {
            unseen = e.getMessage();
        }
        return new Verdict(path, wanted, walk.steps, unseen);
    }

    private void go(String path, int wanted) {
        if (path.isEmpty()) {
            stop("/", Reason.MISSING, wanted);
            return;
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            stop("/", Reason.TOO_LONG, wanted);
            return;
        }
        put(path);
        while (!rest.isEmpty()) {
            if (!component(rest.pop())) {
                return;
            }
        }
        Node last = here();
        if (mustBeDirectory && last.inode().type() != Inode.Type.DIRECTORY) {
            stop(last, Reason.NO_DIRECTORY, wanted);
            return;
        }
        add(last, Rules.access(who, last.inode(), last.mount(), wanted));
    }

    /** Puts the components of a path, or of a link's target, before the rest. */
    private void put(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        if (rest.isEmpty() && path.endsWith("/")) {
            mustBeDirectory = true;
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            rest.push(names.get(i));
        }
    }

    /** False when nothing can be walked after it. */
    private boolean component(String name) {
        Node directory = here();
        if (directory.inode().type() != Inode.Type.DIRECTORY) {
            return stop(directory, Reason.NO_DIRECTORY, Permission.EXECUTE);
        }
        add(directory, Rules.search(who, directory.inode()));
        if (name.equals(".")) {
            return true;
        }
        if (name.equals("..")) {
            if (place.size() > 1) {
                place.pop();
            }
            return true;
        }
        String path = (directory.path().equals("/") ? "" : directory.path()) + "/" + name;
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            return stop(path, Reason.TOO_LONG, Permission.EXECUTE);
        }
        Node child = tree.child(directory, name);
        if (child == null) {
            return stop(path, Reason.MISSING, Permission.EXECUTE);
        }
        if (child.inode().type() == Inode.Type.LINK) {
            return follow(directory, child);
        }
        place.push(child);
        return true;
    }

    private boolean follow(Node directory, Node link) {
        links++;
        if (links > MOST_LINKS) {
            return stop(link, Reason.TOO_MANY_LINKS, Permission.EXECUTE);
        }
        if (rest.isEmpty() && protectsLinks && isForeign(directory.inode(), link.inode())) {
            add(link, Decision.of(Reason.PROTECTED_LINK, Permission.EXECUTE));
        }
        if (link.mount().noSymfollow()) {
            return stop(link, Reason.NOSYMFOLLOW, Permission.EXECUTE);
        }
        if (link.mount().type().equals("proc")) {
            throw new Unseen(link.path(), "what a link of /proc leads to is not said by its text");
        }
        String target = tree.target(link);
        if (target.startsWith("/")) {
            while (place.size() > 1) {
                place.pop();
            }
        }
        put(target);
        return true;
    }

    /** {@code may_follow_link}: in a directory like /tmp, a link that is neither the walker's nor the directory owner's; only the last one of a path. */
    private boolean isForeign(Inode directory, Inode link) {
        boolean own = link.uid() != Inode.UNKNOWN && link.uid() == who.uid();
        boolean owners = directory.uid() != Inode.UNKNOWN && directory.uid() == link.uid();
        return !own && directory.isSharedAndSticky() && !owners;
    }

    private Node here() {
        return place.element();
    }

    private void add(Node node, Decision decision) {
        // a directory is searched again for each name that is looked for in it; the answer is the same
        Verdict.Step next = new Verdict.Step(node.path(), node, decision);
        if (!steps.contains(next)) {
            steps.add(next);
        }
    }

    private boolean stop(Node node, Reason reason, int wanted) {
        return stop(node.path(), node, reason, wanted);
    }

    private boolean stop(String path, Reason reason, int wanted) {
        return stop(path, null, reason, wanted);
    }

    private boolean stop(String path, @Nullable Node node, Reason reason, int wanted) {
        steps.add(new Verdict.Step(path, node, Decision.of(reason, wanted)));
        return false;
    }
}
