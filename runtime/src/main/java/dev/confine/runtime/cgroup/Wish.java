package dev.confine.runtime.cgroup;

import dev.confine.spec.Resources;

/**
 * What is asked for.
 *
 * @param path {@code linux.cgroupsPath}, empty for the runtime's choice
 * @param name of the cgroup where there is no path
 * @param resources the limits
 * @param uid who asks
 * @param scope the unit of systemd that is to have the container, whose cgroup is {@code path}; empty for none
 * @param realTime whether the process has a real-time policy
 */
public record Wish(String path, String name, Resources resources, long uid, String scope, boolean realTime) {
    /** Without systemd. */
    public Wish(String path, String name, Resources resources, long uid) {
        this(path, name, resources, uid, "", false);
    }

    Wish inRealTime() {
        return new Wish(path, name, resources, uid, scope, true);
    }
}
