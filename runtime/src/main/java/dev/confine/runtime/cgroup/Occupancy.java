package dev.confine.runtime.cgroup;

import dev.confine.validate.Violation;
import java.util.List;

/** That no process is in a cgroup which is there already, and that none which joins it would be frozen. */
final class Occupancy {
    private static final String PATH = "/linux/cgroupsPath";

    private Occupancy() {}

    /**
     * @param nearest the container's cgroup, or the last one on the way to it that is there
     * @param there whether it is the container's
     */
    static void check(Hierarchy hierarchy, String nearest, boolean there, Tree tree, List<Violation> found) {
        if (isFrozen(hierarchy, nearest, tree)) {
            found.add(
                    new Violation(PATH, "leads to a cgroup that is frozen, " + nearest + ": thaw it, or name another"));
        }
        if (there && hasProcesses(nearest, tree)) {
            found.add(new Violation(
                    PATH, "names a cgroup that is not empty, " + nearest + ": end its processes, or name another"));
        }
    }

    private static boolean isFrozen(Hierarchy hierarchy, String directory, Tree tree) {
        if (hierarchy.unified()) {
            return tree.read(directory + "/cgroup.events").contains("frozen 1");
        }
        if (!hierarchy.has("freezer") || directory.equals(hierarchy.mountPoint())) {
            return false;
        }
        String state = tree.read(directory + "/freezer.state").strip();
        return !state.isEmpty() && !state.equals("THAWED");
    }

    private static boolean hasProcesses(String directory, Tree tree) {
        if (!tree.read(directory + "/cgroup.procs").isBlank()) {
            return true;
        }
        for (String name : tree.directories(directory)) {
            if (hasProcesses(directory + "/" + name, tree)) {
                return true;
            }
        }
        return false;
    }
}
