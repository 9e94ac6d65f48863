package dev.confine.runtime.cgroup;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the cgroups of a container are, by what its state remembers of them. */
record Places(Map<String, String> directories, Tree tree) {
    /** The directory that a controller of v1 has, also one that is mounted with others; null without one. */
    @Nullable
    String v1(String controller) {
        for (Map.Entry<String, String> entry : directories.entrySet()) {
            if (Arrays.asList(entry.getKey().split(",", -1)).contains(controller)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The directory of v2, whatever is on there; null without one. */
    @Nullable
    String v2() {
        return directories.get("");
    }

    /** The directory of v2 where this controller is to be had; null otherwise. */
    @Nullable
    String v2(String controller) {
        String v2 = v2();
        boolean on = v2 != null
                && !controller.isEmpty()
                && Hierarchies.words(tree.read(v2 + "/cgroup.controllers")).contains(controller);
        return on ? v2 : null;
    }
}
