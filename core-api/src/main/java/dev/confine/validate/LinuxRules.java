package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.Linux;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Personality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small sections of {@code linux}: paths to hide, propagation, resctrl, NUMA policy, personality. */
final class LinuxRules {
    private static final int LONGEST_LABEL = 255;

    /** Names that resctrl has for something else. */
    private static final List<String> NO_CLASSES = List.of(".", "..", "info", "mon_groups", "mon_data");

    private LinuxRules() {}

    static void check(Linux linux, Violations found) {
        paths(linux.maskedPaths(), "/linux/maskedPaths", found);
        paths(linux.readonlyPaths(), "/linux/readonlyPaths", found);
        cgroupsPath(linux.cgroupsPath(), found);
        found.addIf(
                linux.mountLabel().length() > LONGEST_LABEL,
                "/linux/mountLabel",
                "is longer than the " + LONGEST_LABEL + " characters that fsconfig(2) takes");
        found.addIf(linux.mountLabel().indexOf('\n') >= 0, "/linux/mountLabel", "must be one line");
        intelRdt(linux.intelRdt(), found);
        memoryPolicy(linux.memoryPolicy(), found);
        Personality personality = linux.personality();
        if (personality != null && !personality.flags().isEmpty()) {
            found.add("/linux/personality/flags", "must be empty: the specification defines none");
        }
    }

    private static void paths(List<String> paths, String pointer, Violations found) {
        for (int i = 0; i < paths.size(); i++) {
            found.absolute(Pointer.item(pointer, i), paths.get(i));
        }
    }

    /** Whatever makes cgroups, a path must not lead out of its parent. */
    private static void cgroupsPath(String path, Violations found) {
        boolean named = path.isEmpty();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                found.add("/linux/cgroupsPath", "must not contain \"..\": " + Quoted.text(path));
                return;
            }
            named |= !name.isEmpty() && !name.equals(".");
        }
        found.addIf(!named, "/linux/cgroupsPath", "names the root of all cgroups: name one below it");
    }

    private static void intelRdt(@Nullable IntelRdt rdt, Violations found) {
        if (rdt == null) {
            return;
        }
        String id = rdt.closID();
        if (!id.equals("/") && (id.indexOf('/') >= 0 || NO_CLASSES.contains(id))) {
            found.add(
                    "/linux/intelRdt/closID",
                    "must be / or the name of a directory in resctrl for a class, not " + Quoted.text(id));
        }
        for (int i = 0; i < rdt.schemata().size(); i++) {
            found.addIf(
                    rdt.schemata().get(i).indexOf('\n') >= 0,
                    Pointer.item("/linux/intelRdt/schemata", i),
                    "must be one line");
        }
        found.addIf(rdt.l3CacheSchema().indexOf('\n') >= 0, "/linux/intelRdt/l3CacheSchema", "must be one line");
        String bandwidth = rdt.memBwSchema();
        found.addIf(
                !bandwidth.isEmpty() && (!bandwidth.startsWith("MB:") || bandwidth.indexOf('\n') >= 0),
                "/linux/intelRdt/memBwSchema",
                "must be one line that begins with MB:");
    }

    /** As set_mempolicy(2) has it. */
    private static void memoryPolicy(@Nullable MemoryPolicy policy, Violations found) {
        if (policy == null) {
            return;
        }
        NumberList.check("/linux/memoryPolicy/nodes", policy.nodes(), found);
        boolean nodes = !policy.nodes().isEmpty();
        switch (policy.mode()) {
            case MPOL_DEFAULT, MPOL_LOCAL ->
                found.addIf(nodes, "/linux/memoryPolicy/nodes", "must be empty with " + policy.mode());
            case MPOL_PREFERRED -> {}
            default ->
                found.addIf(!nodes, "/linux/memoryPolicy/nodes", "is missing, and " + policy.mode() + " needs nodes");
        }
        found.addIf(
                policy.flags().contains(MemoryPolicy.Flag.MPOL_F_STATIC_NODES)
                        && policy.flags().contains(MemoryPolicy.Flag.MPOL_F_RELATIVE_NODES),
                "/linux/memoryPolicy/flags",
                "MPOL_F_STATIC_NODES and MPOL_F_RELATIVE_NODES exclude each other");
    }
}
