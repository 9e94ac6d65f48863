package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cgroups of a container that exists, by what its state remembers of them: who is in them, and whether they are frozen. */
public final class Members {
    private static final String FREEZER = "freezer";

    private final Map<String, String> directories;
    private final Tree tree;

    /** @param directories by hierarchy, as in the container's state */
    public Members(Map<String, String> directories) {
        this(directories, new HostTree());
    }

    Members(Map<String, String> directories, Tree tree) {
        this.directories = directories;
        this.tree = tree;
    }

    /** The cgroups that a further process joins: in v2 that of {@code first} where the container's own hands controllers on, as it then takes none. */
    public Map<String, String> joining(long first) {
        String v2 = directories.get("");
        if (v2 == null || tree.read(v2 + "/cgroup.subtree_control").isBlank()) {
            return directories;
        }
        Map<String, String> actual = new LinkedHashMap<>(directories);
        for (Hierarchy hierarchy :
                Hierarchies.read(tree.read("/proc/self/mountinfo"), tree.read("/proc/" + first + "/cgroup"), tree)) {
            if (hierarchy.unified() && hierarchy.ownDirectory().startsWith(v2 + "/")) {
                actual.put("", hierarchy.ownDirectory());
            }
        }
        return actual;
    }

    /** Whether an ordinary user's process may go to the cgroup of v2 from where it is: the nearest one above both has to be its to write to, cgroups(7). */
    public boolean mayBeJoined(long from) {
        String v2 = directories.get("");
        List<Hierarchy> hierarchies =
                Hierarchies.read(tree.read("/proc/self/mountinfo"), tree.read("/proc/" + from + "/cgroup"), tree);
        for (Hierarchy hierarchy : hierarchies) {
            if (hierarchy.unified() && v2 != null) {
                return tree.writable(Placement.common(hierarchy, v2) + "/cgroup.procs");
            }
        }
        return true;
    }

    /** Its processes, also those in cgroups below; the same ones are in every hierarchy. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        String directory = directories.get(FREEZER);
        if (directory == null && !directories.isEmpty()) {
            directory = directories.containsKey("")
                    ? directories.get("")
                    : directories.values().iterator().next();
        }
        if (directory != null) {
            add(directory, pids);
        }
        return pids;
    }

    private void add(String directory, List<Long> pids) {
        for (String line : tree.read(directory + "/cgroup.procs").split("\n", -1)) {
            // those of another pid namespace are 0
            if (!line.isEmpty() && !line.equals("0")) {
                pids.add(Long.parseLong(line));
            }
        }
        for (String name : tree.directories(directory)) {
            add(directory + "/" + name, pids);
        }
    }

    /** Whether all processes are stopped, or on the way to it. */
    public boolean isFrozen() {
        String v1 = directories.get(FREEZER);
        if (v1 != null) {
            return isFrozen(v1);
        }
        String v2 = directories.get("");
        return v2 != null && tree.read(v2 + "/cgroup.freeze").strip().equals("1");
    }

    private boolean isFrozen(String directory) {
        String state = tree.read(directory + "/freezer.state").strip();
        return state.equals("FROZEN") || state.equals("FREEZING");
    }

    /** The frozen cgroup of v1 that somebody has put {@code pid} into, where not even SIGKILL ends it; empty where there is none. */
    public String foreignFreezer(long pid) {
        List<Hierarchy> hierarchies =
                Hierarchies.read(tree.read("/proc/self/mountinfo"), tree.read("/proc/" + pid + "/cgroup"), tree);
        for (Hierarchy hierarchy : hierarchies) {
            String directory = hierarchy.ownDirectory();
            boolean freezer = !hierarchy.unified() && hierarchy.has(FREEZER);
            if (freezer && !directory.equals(directories.get(FREEZER)) && isFrozen(directory)) {
                return directory;
            }
        }
        return "";
    }

    /** Whether every process has stopped. */
    public boolean haveStopped() {
        String v1 = directories.get(FREEZER);
        return v1 != null
                ? tree.read(v1 + "/freezer.state").strip().equals("FROZEN")
                : tree.read(directories.get("") + "/cgroup.events").contains("frozen 1");
    }

    /** The cgroup that stops all processes; null where none can. */
    public @Nullable String freezer() {
        String v1 = directories.get(FREEZER);
        return v1 != null ? v1 : directories.get("");
    }

    /** What stops all processes, or has them go on; nothing where there is no cgroup that can. */
    public List<Write> freeze(boolean on) {
        String v1 = directories.get(FREEZER);
        if (v1 != null) {
            return List.of(new Write(v1 + "/freezer.state", on ? "FROZEN" : "THAWED", ""));
        }
        String v2 = directories.get("");
        return v2 == null ? List.of() : List.of(new Write(v2 + "/cgroup.freeze", on ? "1" : "0", ""));
    }

    /** What kills all processes at once, Linux ≥ 5.14; nothing where that is not to be had. */
    public List<Write> kill() {
        String v2 = directories.get("");
        return v2 != null && tree.exists(v2 + "/cgroup.kill")
                ? List.of(Write.attempt(v2 + "/cgroup.kill", "1"))
                : List.of();
    }
}
