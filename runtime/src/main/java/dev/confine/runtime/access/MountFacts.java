package dev.confine.runtime.access;

import dev.confine.idmap.IdMaps;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at of the mount that a file is seen through, mount(8).
 *
 * @param point where it is mounted, in the container
 * @param type of its file system
 * @param readOnly the mount
 * @param sealed the file system itself is read-only
 * @param noExec programs are not executed from it
 * @param noDev devices are not opened on it
 * @param noSymfollow links are not followed on it
 * @param idmapped it has an id map of its own
 * @param maps that map, from ids on disk to ids it shows; null where it has none, or it is not known
 * @param configured the map is that of config.json, as the kernel does not tell it; else the kernel has told it
 */
public record MountFacts(
        String point,
        String type,
        boolean readOnly,
        boolean sealed,
        boolean noExec,
        boolean noDev,
        boolean noSymfollow,
        boolean idmapped,
        @Nullable IdMaps maps,
        boolean configured) {
    /** One that restricts nothing. */
    public static MountFacts plain(String point, String type) {
        return new MountFacts(point, type, false, false, false, false, false, false, null, false);
    }

    MountFacts with(@Nullable IdMaps found, boolean byConfiguration) {
        return new MountFacts(
                point, type, readOnly, sealed, noExec, noDev, noSymfollow, idmapped, found, byConfiguration);
    }

    MountFacts unmapped() {
        return new MountFacts(point, type, readOnly, sealed, noExec, noDev, noSymfollow, false, null, false);
    }

    /** Who says what its id map is, in a word; empty for a mount without one. */
    public String mapSource() {
        if (!idmapped) {
            return "";
        }
        return maps == null ? "unknown" : configured ? "config.json" : "kernel";
    }

    /** File systems nothing is executed from, whatever the flags of the mount are: the kernel marks them. */
    boolean executesNothing() {
        return switch (type) {
            case "proc", "sysfs", "cgroup", "cgroup2", "mqueue", "resctrl" -> true;
            default -> noExec;
        };
    }

    /** File systems whose files have the owner and the mode that they have: chown(2), chmod(2) and setfacl(1) do not change, or not keep, them. */
    boolean ownersAreFixed() {
        return type.equals("proc");
    }

    /** File systems that decide for themselves, at least about some of their files. */
    boolean decidesItself() {
        return switch (type) {
            case "proc", "nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "afs" -> true;
            default -> type.startsWith("fuse");
        };
    }
}
