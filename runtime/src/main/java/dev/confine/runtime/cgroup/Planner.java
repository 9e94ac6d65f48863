package dev.confine.runtime.cgroup;

import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans the cgroups of one container: a directory in every hierarchy where the caller may make one, and the limits in those that have their controllers. */
public final class Planner {
    private static final String SYSTEMD = "name=systemd";
    private static final String PATH = "/linux/cgroupsPath";
    private static final String REAL_TIME = "/cpu.rt_runtime_us";
    private static final Controller[] CONTROLLERS = Controller.values();

    private final Wish wish;
    private final List<Hierarchy> hierarchies;
    private final Tree tree;
    private final List<Violation> found;
    private final Placement placement;
    private final List<Hierarchy> usable = new ArrayList<>();
    private final List<String> parents = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Write> limits = new ArrayList<>();
    private final List<Write> last = new ArrayList<>();
    private final List<Visible> visible = new ArrayList<>();

    private Planner(Wish wish, List<Hierarchy> hierarchies, Tree tree, List<Violation> found) {
        this.wish = wish;
        this.hierarchies = hierarchies;
        this.tree = tree;
        this.found = found;
        this.placement = new Placement(tree, wish);
    }

    /** The plan for a caller on this host; what the host cannot do is added to {@code found}. */
    public static Plan plan(Wish wish, long caller, List<Violation> found) {
        Tree tree = new HostTree();
        return plan(wish, Hierarchies.of(caller, tree), tree, found);
    }

    static Plan plan(Wish wish, List<Hierarchy> hierarchies, Tree tree, List<Violation> found) {
        return new Planner(wish, hierarchies, tree, found).plan();
    }

    private Plan plan() {
        for (Hierarchy hierarchy : hierarchies) {
            String directory = placement.directory(hierarchy);
            boolean allowed = isSystemds(hierarchy)
                    || (placement.isAllowed(hierarchy, directory) && !isWithoutRealTime(hierarchy, directory));
            if (allowed) {
                usable.add(hierarchy);
                make(hierarchy, directory);
            }
            visible.add(Visible.of(hierarchy, allowed ? directory : hierarchy.ownDirectory(), hierarchies.size() == 1));
        }
        if (usable.isEmpty() && wish.uid() == 0 && !wish.path().isEmpty()) {
            found.add(new Violation(PATH, "asks for a cgroup, and no cgroup file system is mounted that is writable"));
        }
        for (Controller controller : CONTROLLERS) {
            limit(controller);
        }
        unified();
        writes.addAll(limits);
        byte[] deviceProgram = devices();
        return new Plan(
                wish.path().isEmpty() ? "" : PATH,
                parents,
                groups,
                writes,
                deviceProgram,
                last,
                visible,
                wish.scope(),
                delegates());
    }

    /** What the kernel says is a delegate's (Linux ≥ 4.15), else the files that always were, cgroups(7). */
    private List<String> delegates() {
        if (unifiedIndex() < 0) {
            return List.of();
        }
        List<String> files =
                Hierarchies.words(tree.read("/sys/kernel/cgroup/delegate").replace('\n', ' '));
        return files.isEmpty() ? List.of("cgroup.procs", "cgroup.subtree_control", "cgroup.threads") : files;
    }

    /** Whether systemd makes the directory and has the container's process join it. */
    private boolean isSystemds(Hierarchy hierarchy) {
        return !wish.scope().isEmpty() && (hierarchy.unified() || hierarchy.has(SYSTEMD));
    }

    /**
     * In v1 a new cgroup has no time for real-time policies, and the kernel lets no process with one in. What asks for no limit of that controller stays where
     * its caller is: a container has to be in those that its limits need, {@code config-linux.md#control-groups}.
     */
    private boolean isWithoutRealTime(Hierarchy hierarchy, String directory) {
        if (!wish.realTime()
                || hierarchy.unified()
                || !hierarchy.has(Controller.CPU.v1())
                || !tree.exists(hierarchy.mountPoint() + REAL_TIME)) {
            return false;
        }
        String given = tree.read(directory + REAL_TIME).strip();
        return LimitsOfV1.of(Controller.CPU, wish.resources()).isEmpty() && (given.isEmpty() || given.equals("0"));
    }

    // ---- directories

    private void make(Hierarchy hierarchy, String directory) {
        String nearest = placement.nearest(hierarchy, directory);
        boolean there = nearest.equals(directory);
        if (found.isEmpty()) {
            Occupancy.check(hierarchy, nearest, there, tree, found);
        }
        boolean cpuset = hierarchy.has("cpuset") && !hierarchy.unified();
        String cpus = "";
        String mems = "";
        int at = hierarchy.mountPoint().length();
        while (at >= 0) {
            String step = directory.substring(0, at);
            boolean leaf = at == directory.length();
            if (at > nearest.length() && !leaf && !isSystemds(hierarchy)) {
                parents.add(step);
            }
            if (cpuset) {
                boolean top = at == hierarchy.mountPoint().length();
                cpus = inherit(
                        step + "/cpuset.cpus",
                        cpus,
                        top || (leaf && !wish.resources().cpu().cpus().isEmpty()));
                mems = inherit(
                        step + "/cpuset.mems",
                        mems,
                        top || (leaf && !wish.resources().cpu().mems().isEmpty()));
            } else if (hierarchy.unified() && !leaf) {
                handOn(hierarchy, step);
            }
            at = leaf ? -1 : end(directory, at + 1);
        }
        groups.add(new Group(hierarchy.name(), directory, !there && !isSystemds(hierarchy)));
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** A process cannot join a cpuset of v1 that is empty, and a new one is. */
    private String inherit(String file, String fromParent, boolean given) {
        String present = tree.read(file).strip();
        if (!present.isEmpty() || given) {
            return present;
        }
        writes.add(new Write(file, fromParent, ""));
        return fromParent;
    }

    /** Controllers of v2 reach a cgroup only when its parent hands them on: what is asked for has to, the others may. */
    private void handOn(Hierarchy hierarchy, String directory) {
        List<String> done = Hierarchies.words(tree.read(directory + "/cgroup.subtree_control"));
        String file = directory + "/cgroup.subtree_control";
        StringBuilder others = new StringBuilder();
        for (String controller : hierarchy.controllers()) {
            if (done.contains(controller)) {
                continue;
            }
            String pointer = Demand.of(controller, wish.resources());
            if (pointer.isEmpty()) {
                others.append(others.length() == 0 ? "+" : " +").append(controller);
            } else {
                writes.add(new Write(file, "+" + controller, pointer));
            }
        }
        if (others.length() > 0) {
            writes.add(Write.attempt(file, others.toString()));
        }
    }

    // ---- limits

    private void limit(Controller controller) {
        for (int i = 0; i < usable.size(); i++) {
            Hierarchy hierarchy = usable.get(i);
            if (controller.isOf(hierarchy)) {
                List<Write> values = hierarchy.unified()
                        ? LimitsOfV2.of(controller, wish.resources(), found)
                        : LimitsOfV1.of(controller, wish.resources());
                for (Write write : values) {
                    (controller == Controller.PIDS ? last : limits)
                            .add(write.in(groups.get(i).directory()));
                }
                return;
            }
        }
        for (Write write : LimitsOfV1.of(controller, wish.resources())) {
            if (!write.optional()) {
                found.add(new Violation(write.pointer(), "needs the cgroup controller " + missing(controller)));
            }
        }
    }

    private String missing(Controller controller) {
        for (Hierarchy hierarchy : hierarchies) {
            if (controller.isOf(hierarchy)) {
                return (hierarchy.unified() ? controller.v2() : controller.v1()) + ", and uid " + wish.uid()
                        + " may not make a cgroup in "
                        + placement.nearest(hierarchy, placement.directory(hierarchy))
                        + ": have it delegated to you, run as root, or remove this";
            }
        }
        boolean unified = hierarchies.size() == 1 && hierarchies.get(0).unified();
        return unified && controller.v2().isEmpty()
                ? controller.v1() + ", which has no counterpart in cgroup v2, which this host uses: remove it"
                : controller.v1() + ", which is not mounted on this host: remove it";
    }

    private void unified() {
        for (Map.Entry<String, String> entry : wish.resources().unified().entrySet()) {
            String file = entry.getKey();
            String pointer = Writes.AT + "unified/" + file.replace("~", "~0").replace("/", "~1");
            int index = unifiedIndex();
            if (index < 0) {
                found.add(new Violation(
                        pointer, "is a file of cgroup v2, where this container has no cgroup: remove it"));
                continue;
            }
            String controller = file.substring(0, Math.max(0, file.indexOf('.')));
            if (!controller.equals("cgroup") && !usable.get(index).has(controller)) {
                found.add(new Violation(
                        pointer,
                        "needs the controller " + controller + ", which cgroup v2 of this host does not have"));
                continue;
            }
            limits.add(new Write(groups.get(index).directory() + "/" + file, entry.getValue(), pointer));
        }
    }

    /** Adds the writes of v1, or returns the program of v2. Only the host's root may say which devices are allowed, and only it makes nodes of any. */
    private byte[] devices() {
        DeviceRules rules = new DeviceRules(wish.resources().devices());
        boolean v1 = false;
        for (int i = 0; i < hierarchies.size(); i++) {
            v1 |= hierarchies.get(i).has("devices");
        }
        for (int i = 0; i < usable.size() && wish.uid() == 0; i++) {
            Hierarchy hierarchy = usable.get(i);
            if (hierarchy.has("devices")) {
                for (Write write : rules.ofV1(found)) {
                    writes.add(write.in(groups.get(i).directory()));
                }
            } else if (hierarchy.unified() && !v1 && isHostsRoot()) {
                return DeviceProgram.of(rules.ordered());
            }
        }
        return new byte[0];
    }

    private boolean isHostsRoot() {
        String[] fields = tree.read("/proc/self/uid_map").strip().split(" +");
        return fields.length == 3 && fields[0].equals("0") && fields[1].equals("0") && fields[2].equals("4294967295");
    }

    private int unifiedIndex() {
        for (int i = 0; i < usable.size(); i++) {
            if (usable.get(i).unified()) {
                return i;
            }
        }
        return -1;
    }
}
