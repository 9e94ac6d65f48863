package dev.confine.runtime.cgroup;

import dev.confine.spec.Resources;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans a change of the limits of a container that exists: what is asked for or differs, in an order in which every step is one that the kernel takes. */
public final class Change {
    private static final String MEMORY_LIMIT = "memory.limit_in_bytes";
    private static final String MEMORY_AND_SWAP = "memory.memsw.limit_in_bytes";
    private static final String PERIOD = "cpu.cfs_period_us";
    private static final String QUOTA = "cpu.cfs_quota_us";

    private final Places places;
    private final Resources before;
    private final Resources asked;
    private final Tree tree;
    private final List<Violation> found = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    private Change(Map<String, String> directories, Resources before, Resources asked, Tree tree) {
        this.places = new Places(directories, tree);
        this.before = before;
        this.asked = asked;
        this.tree = tree;
    }

    /**
     * The writes. What the container's cgroups cannot hold is added to {@code found}.
     *
     * @param directories by hierarchy, as in the container's state
     */
    public static List<Write> plan(
            Map<String, String> directories, Resources before, Resources asked, List<Violation> found) {
        return plan(directories, before, asked, new HostTree(), found);
    }

    static List<Write> plan(
            Map<String, String> directories, Resources before, Resources asked, Tree tree, List<Violation> found) {
        Change change = new Change(directories, before, asked, tree);
        change.plan();
        found.addAll(change.found);
        return change.writes;
    }

    private void plan() {
        Resources after = before.with(asked);
        for (Controller controller : Controller.values()) {
            List<Write> wanted = LimitsOfV1.of(controller, asked);
            if (wanted.isEmpty()) {
                continue;
            }
            String directory = places.v1(controller.v1());
            boolean v1 = directory != null;
            if (directory == null) {
                directory = places.v2(controller.v2());
            }
            if (directory == null) {
                absent(controller, wanted);
                continue;
            }
            Set<String> fields = new HashSet<>();
            for (Write write : wanted) {
                fields.add(write.pointer());
            }
            List<Write> old = limits(controller, before, v1, new ArrayList<>());
            for (Write write : limits(controller, after, v1, found)) {
                if (fields.contains(write.pointer()) || !old.contains(write)) {
                    writes.add(write.in(directory));
                }
            }
            if (v1) {
                order(directory);
            }
        }
        unified();
        checkUsage(after);
    }

    private static List<Write> limits(
            Controller controller, Resources resources, boolean v1, List<Violation> violations) {
        return v1 ? LimitsOfV1.of(controller, resources) : LimitsOfV2.of(controller, resources, violations);
    }

    private void absent(Controller controller, List<Write> wanted) {
        for (Write write : wanted) {
            if (!write.optional()) {
                found.add(new Violation(
                        write.pointer(),
                        "needs the cgroup controller " + controller.v1()
                                + ", and the container has no cgroup of its own with it"));
            }
        }
    }

    private void unified() {
        for (Map.Entry<String, String> entry : asked.unified().entrySet()) {
            String file = entry.getKey();
            String pointer = Writes.AT + "unified/" + file.replace("~", "~0").replace("/", "~1");
            String v2 = places.v2();
            if (v2 == null) {
                found.add(new Violation(pointer, "is a file of cgroup v2, where the container has no cgroup"));
            } else {
                writes.add(new Write(v2 + "/" + file, entry.getValue(), pointer));
            }
        }
    }

    // ---- order

    /** Memory is never above memory and swap together, and a quota in too short a period is more than a cgroup above may have. */
    private void order(String directory) {
        swapIf(directory, MEMORY_LIMIT, MEMORY_AND_SWAP, true);
        swapIf(directory, PERIOD, QUOTA, false);
    }

    private void swapIf(String directory, String first, String second, boolean raised) {
        int a = index(directory + "/" + first);
        int b = index(directory + "/" + second);
        if (a < 0 || b < 0) {
            return;
        }
        String now = tree.read(directory + "/" + (raised ? second : first)).strip();
        if (now.isEmpty()) {
            return;
        }
        long value = amount(writes.get(a).value());
        if (raised ? value > amount(now) : value < amount(now)) {
            Write moved = writes.remove(b);
            writes.add(a, moved);
        }
    }

    private int index(String path) {
        for (int i = 0; i < writes.size(); i++) {
            if (writes.get(i).path().equals(path)) {
                return i;
            }
        }
        return -1;
    }

    /** What is no limit is above all. */
    private static long amount(String text) {
        long value = Long.parseLong(text);
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private void checkUsage(Resources after) {
        Long limit = asked.memory().limit();
        if (!after.memory().checkBeforeUpdate() || limit == null || limit <= 0) {
            return;
        }
        String directory = places.v1("memory");
        String usage = tree.read(
                        directory == null ? places.v2() + "/memory.current" : directory + "/memory.usage_in_bytes")
                .strip();
        if (!usage.isEmpty() && Long.parseLong(usage) > limit) {
            found.add(new Violation(
                    Writes.AT + "memory/limit",
                    "is below what is in use, " + usage + " bytes, and memory/checkBeforeUpdate is set"));
        }
    }
}
