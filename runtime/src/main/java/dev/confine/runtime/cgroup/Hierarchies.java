package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads which hierarchies are mounted, from proc_pid_mountinfo(5) and proc_pid_cgroup(5). */
final class Hierarchies {
    private static final int ROOT = 3;
    private static final int POINT = 4;

    private final String[] memberships;
    private final Tree tree;
    private final List<Hierarchy> found = new ArrayList<>();

    private Hierarchies(String cgroup, Tree tree) {
        this.memberships = cgroup.split("\n", -1);
        this.tree = tree;
    }

    /** Of a process: of a hierarchy that is mounted twice the first mount, in the order of mounts. */
    static List<Hierarchy> of(long pid, Tree tree) {
        return read(tree.read("/proc/" + pid + "/mountinfo"), tree.read("/proc/" + pid + "/cgroup"), tree);
    }

    static List<Hierarchy> read(String mountinfo, String cgroup, Tree tree) {
        Hierarchies hierarchies = new Hierarchies(cgroup, tree);
        for (String line : mountinfo.split("\n", -1)) {
            int dash = line.indexOf(" - cgroup");
            if (dash >= 0) {
                hierarchies.mount(
                        line.substring(0, dash).split(" ", -1),
                        line.substring(dash + 3).split(" ", -1));
            }
        }
        return hierarchies.found;
    }

    private void mount(String[] place, String[] fileSystem) {
        boolean unified = fileSystem[0].equals("cgroup2");
        if ((!unified && !fileSystem[0].equals("cgroup")) || fileSystem.length < 3) {
            return;
        }
        List<String> options = Arrays.asList(fileSystem[2].split(",", -1));
        for (String line : memberships) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && isOf(fields[1], unified, options)) {
                add(plain(place[POINT]), plain(place[ROOT]), fields, unified);
                return;
            }
        }
    }

    private static boolean isOf(String controllers, boolean unified, List<String> options) {
        return unified ? controllers.isEmpty() : options.containsAll(Arrays.asList(controllers.split(",", -1)));
    }

    private void add(String mountPoint, String mountRoot, String[] membership, boolean unified) {
        List<String> controllers = unified
                ? words(tree.read(mountPoint + "/cgroup.controllers"))
                : Arrays.asList(membership[1].split(",", -1));
        for (Hierarchy other : found) {
            if (other.unified() == unified && (unified || other.controllers().equals(controllers))) {
                return;
            }
        }
        found.add(new Hierarchy(mountPoint, mountRoot, membership[2], controllers, unified));
    }

    /** The words of a line. */
    static List<String> words(String line) {
        String text = line.strip();
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    }

    /** Without the octal escapes of blanks and backslashes. */
    private static String plain(String path) {
        return path.indexOf('\\') < 0
                ? path
                : path.replace("\\040", " ")
                        .replace("\\011", "\t")
                        .replace("\\012", "\n")
                        .replace("\\134", "\\");
    }
}
