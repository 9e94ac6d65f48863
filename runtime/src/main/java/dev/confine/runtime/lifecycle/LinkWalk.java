package dev.confine.runtime.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Follows a path through the symbolic links of a tree as a process would whose root the tree is: {@code ..} and links never lead above it. Only looks. */
final class LinkWalk {
    private static final int MOST_LINKS = 40;

    private final String root;
    private final List<String> mounted;
    private final Deque<String> rest = new ArrayDeque<>();
    private String at = "";
    private int links;
    /** Past what there is in the tree. */
    private boolean beyond;

    /** @param mounted what of the tree is something else's, {@link Destinations#isCovered} */
    LinkWalk(String root, List<String> mounted) {
        this.root = root;
        this.mounted = mounted;
    }

    /** Where {@code path} leads when there are links on the way; {@code path} where there are none, or where they lead nowhere or to the root. */
    String to(String path) throws IOException {
        push(path);
        while (!rest.isEmpty()) {
            String component = rest.pop();
            if (component.equals("..")) {
                if (beyond) {
                    return path;
                }
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
            } else if (!component.isEmpty() && !component.equals(".")) {
                enter(component);
            }
            if (links > MOST_LINKS) {
                return path;
            }
        }
        return links == 0 || at.isEmpty() ? path : at;
    }

    private void enter(String component) throws IOException {
        String next = at + "/" + component;
        Path file = Path.of(root + next);
        if (beyond || Destinations.isCovered(mounted, next)) {
            beyond = true;
            at = next;
        } else if (Files.isSymbolicLink(file)) {
            String target = Files.readSymbolicLink(file).toString();
            at = target.startsWith("/") ? "" : at;
            links++;
            push(target);
        } else {
            beyond = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            at = next;
        }
    }

    private void push(String path) {
        String[] components = path.split("/");
        for (int i = components.length - 1; i >= 0; i--) {
            rest.push(components[i]);
        }
    }
}
