package dev.confine.spi;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import java.util.Locale;

/** Who makes the cgroups of new containers. One that exists keeps what its state says. */
public enum CgroupDriver {
    /** Directories are made in the mounted cgroup file systems. */
    CGROUPFS,
    /** systemd is asked for a scope. */
    SYSTEMD,
    /** Containers stay in the cgroups of their caller. */
    DISABLED;

    /** As in {@code --cgroup-manager}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ConfineException for another word */
    public static CgroupDriver parse(String word) {
        return switch (word) {
            case "cgroupfs" -> CGROUPFS;
            case "systemd" -> SYSTEMD;
            case "disabled" -> DISABLED;
            default ->
                throw new ConfineException("cgroup manager " + Quoted.text(word)
                        + " (--cgroup-manager) is unknown: write cgroupfs, systemd or disabled");
        };
    }
}
