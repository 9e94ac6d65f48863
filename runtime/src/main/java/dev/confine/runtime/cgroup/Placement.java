package dev.confine.runtime.cgroup;

/**
 * Where the cgroup of a container lies in a hierarchy. As root an absolute path is beneath the mount, and so is a relative one; for an ordinary user a relative
 * one is beneath what was delegated: beside the caller's own cgroup in v2, which lets no cgroup hand controllers on that has processes itself, else in it.
 */
final class Placement {
    private final Tree tree;
    private final Wish wish;

    Placement(Tree tree, Wish wish) {
        this.tree = tree;
        this.wish = wish;
    }

    String directory(Hierarchy hierarchy) {
        String path = wish.path().isEmpty() ? wish.name() : wish.path();
        String base = wish.uid() == 0 || path.startsWith("/") ? hierarchy.mountPoint() : delegated(hierarchy);
        StringBuilder directory = new StringBuilder(base);
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                directory.append('/').append(name);
            }
        }
        return directory.toString();
    }

    private String delegated(Hierarchy hierarchy) {
        String own = hierarchy.ownDirectory();
        if (hierarchy.unified() && !own.equals(hierarchy.mountPoint())) {
            String parent = parent(own);
            if (tree.writable(parent) && tree.writable(parent + "/cgroup.procs")) {
                return parent;
            }
        }
        return own;
    }

    /** The last directory on the way that is there. */
    String nearest(Hierarchy hierarchy, String directory) {
        String nearest = directory;
        while (nearest.length() > hierarchy.mountPoint().length() && !tree.exists(nearest)) {
            nearest = parent(nearest);
        }
        return nearest;
    }

    /** Whether the caller may make the directory and have a process of its own join it. */
    boolean isAllowed(Hierarchy hierarchy, String directory) {
        String nearest = nearest(hierarchy, directory);
        if (!tree.writable(nearest)) {
            return false;
        }
        if (wish.uid() == 0 || !hierarchy.unified()) {
            return true;
        }
        return tree.writable(common(hierarchy, directory) + "/cgroup.procs");
    }

    /** The nearest cgroup above both the caller's own and {@code directory}. */
    static String common(Hierarchy hierarchy, String directory) {
        String common = hierarchy.ownDirectory();
        while (!(directory + "/").startsWith(common + "/")
                && common.length() > hierarchy.mountPoint().length()) {
            common = parent(common);
        }
        return common;
    }

    private static String parent(String directory) {
        return directory.substring(0, directory.lastIndexOf('/'));
    }
}
