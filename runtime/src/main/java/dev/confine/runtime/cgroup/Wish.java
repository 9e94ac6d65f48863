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
 */
public record Wish(String path, String name, Resources resources, long uid, String scope) {
    /** Without systemd. */
    public Wish(String path, String name, Resources resources, long uid) {
        this(path, name, resources, uid, "");
    }
}
