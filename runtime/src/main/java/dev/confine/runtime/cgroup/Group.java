package dev.confine.runtime.cgroup;

/**
 * The container's cgroup in one hierarchy.
 *
 * @param hierarchy as in proc_pid_cgroup(5): the controllers, {@code name=...}, or empty for v2
 * @param directory absolute path on the host
 * @param made whether it is to be made, and so to be removed in the end
 */
public record Group(String hierarchy, String directory, boolean made) {
    public boolean unified() {
        return hierarchy.isEmpty();
    }
}
