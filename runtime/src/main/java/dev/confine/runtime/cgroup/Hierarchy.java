package dev.confine.runtime.cgroup;

import java.util.List;

/**
 * A mounted cgroup hierarchy.
 *
 * @param mountPoint where it is mounted
 * @param mountRoot the cgroup that is seen at the mount point
 * @param own the caller's cgroup in it
 * @param controllers what it controls; of a named one of v1 {@code name=...}, of v2 what its {@code cgroup.controllers} holds
 * @param unified whether it is v2
 */
record Hierarchy(String mountPoint, String mountRoot, String own, List<String> controllers, boolean unified) {
    Hierarchy {
        controllers = List.copyOf(controllers);
    }

    boolean has(String controller) {
        return controllers.contains(controller);
    }

    /** What it is called in a container's state: as in proc_pid_cgroup(5). */
    String name() {
        return unified ? "" : String.join(",", controllers);
    }

    /** The directory of the caller's cgroup; the mount point where that lies outside of what is mounted. */
    String ownDirectory() {
        if (mountRoot.equals("/")) {
            return own.equals("/") || own.startsWith("/..") ? mountPoint : mountPoint + own;
        }
        return own.startsWith(mountRoot + "/") ? mountPoint + own.substring(mountRoot.length()) : mountPoint;
    }
}
