package dev.confine.runtime.cgroup;

import dev.confine.spec.IntelRdt;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a container in resctrl, {@code config-linux.md#intelrdt}; Documentation/filesystems/resctrl.rst of the kernel.
 *
 * @param shared the class that others may make at the same time, or null
 * @param made directories of the container's own to make, parents first
 * @param writes to {@code schemata}, in order
 * @param groups whose {@code tasks} takes the container's processes, in order
 * @param removals what is to be removed in the end, children first
 */
public record Resctrl(
        @Nullable String shared, List<String> made, List<Write> writes, List<String> groups, List<String> removals) {
    /** Nothing is asked for. */
    public static final Resctrl NONE = new Resctrl(null, List.of(), List.of(), List.of(), List.of());

    private static final String AT = "/linux/intelRdt";
    private static final int POINT = 4;

    public Resctrl {
        made = List.copyOf(made);
        writes = List.copyOf(writes);
        groups = List.copyOf(groups);
        removals = List.copyOf(removals);
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** For a new container. What cannot be had is added to {@code found}. */
    public static Resctrl plan(@Nullable IntelRdt asked, String id, List<Violation> found) {
        return plan(asked, id, new HostTree(), found);
    }

    static Resctrl plan(@Nullable IntelRdt asked, String id, Tree tree, List<Violation> found) {
        if (asked == null) {
            return NONE;
        }
        String root = mountPoint(tree);
        if (root == null) {
            found.add(new Violation(
                    AT,
                    "needs resctrl, which is not mounted: the processor or the kernel may not have it (CONFIG_X86_CPU_RESCTRL);"
                            + " where they do: mount -t resctrl resctrl /sys/fs/resctrl"));
            return NONE;
        }
        return new Resctrl.Draft(asked, group(root, asked, id), id, tree, found).plan();
    }

    /** For a process that joins a container. */
    public static Resctrl joining(@Nullable IntelRdt asked, String id) {
        return joining(asked, id, new HostTree());
    }

    static Resctrl joining(@Nullable IntelRdt asked, String id, Tree tree) {
        String root = asked == null ? null : mountPoint(tree);
        if (asked == null || root == null) {
            return NONE;
        }
        return new Resctrl(null, List.of(), List.of(), groups(group(root, asked, id), asked, id), List.of());
    }

    private static @Nullable String mountPoint(Tree tree) {
        for (String line : tree.read("/proc/self/mountinfo").split("\n", -1)) {
            if (line.contains(" - resctrl ")) {
                return line.split(" ", -1)[POINT];
            }
        }
        return null;
    }

    private static String group(String root, IntelRdt asked, String id) {
        String name = asked.closID();
        return name.equals("/") ? root : root + "/" + (name.isEmpty() ? id : name);
    }

    /** The processes are in the class first: a monitoring group takes those of its class alone. */
    private static List<String> groups(String group, IntelRdt asked, String id) {
        return asked.enableMonitoring() ? List.of(group, monitoring(group, id)) : List.of(group);
    }

    private static String monitoring(String group, String id) {
        return group + "/mon_groups/" + id;
    }

    /** A plan while it is made. */
    private record Draft(IntelRdt asked, String group, String id, Tree tree, List<Violation> found) {
        Resctrl plan() {
            boolean named = !asked.closID().isEmpty();
            boolean exists = tree.exists(group);
            List<String> made = new ArrayList<>();
            List<String> removals = new ArrayList<>();
            if (named && exists) {
                compare(asked.l3CacheSchema(), "/l3CacheSchema");
                compare(asked.memBwSchema(), "/memBwSchema");
            } else if (named && !hasSchemata()) {
                found.add(new Violation(
                        AT + "/closID",
                        "names a class that resctrl does not have, and nothing says what it is to be: make " + group
                                + ", or add schemata"));
            } else if (!named) {
                made.add(group);
                removals.add(group);
            }
            if (asked.enableMonitoring()) {
                made.add(monitoring(group, id));
                removals.add(0, monitoring(group, id));
            }
            List<Write> writes = new ArrayList<>();
            if (!named || !exists) {
                write(writes, asked.l3CacheSchema(), "/l3CacheSchema");
                write(writes, asked.memBwSchema(), "/memBwSchema");
            }
            for (int i = 0; i < asked.schemata().size(); i++) {
                write(writes, asked.schemata().get(i), "/schemata/" + i);
            }
            return new Resctrl(named && !exists ? group : null, made, writes, groups(group, asked, id), removals);
        }

        private boolean hasSchemata() {
            return !asked.l3CacheSchema().isEmpty()
                    || !asked.memBwSchema().isEmpty()
                    || !asked.schemata().isEmpty();
        }

        private void write(List<Write> writes, String line, String field) {
            if (!line.isEmpty()) {
                writes.add(new Write(group + "/schemata", line, AT + field));
            }
        }

        /** A class that is there already is others' too, so it is not changed. */
        private void compare(String line, String field) {
            if (line.isEmpty()) {
                return;
            }
            Schema wanted = Schema.of(line);
            for (String present : tree.read(group + "/schemata").split("\n", -1)) {
                if (Schema.of(present).holds(wanted)) {
                    return;
                }
            }
            found.add(new Violation(
                    AT + field,
                    "is not what the class " + asked.closID() + " has, which exists already; see " + group
                            + "/schemata, and write that, or name another class in closID"));
        }
    }
}
