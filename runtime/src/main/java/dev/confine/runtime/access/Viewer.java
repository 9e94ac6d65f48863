package dev.confine.runtime.access;

import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.runtime.host.FileStatus;
import dev.confine.runtime.host.HostFiles;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * This process as it looks at files: an id that its user namespace or the mount has nobody for is shown to it as the overflow id, which somebody may have as
 * well.
 */
final class Viewer {
    private static final String ACL = "system.posix_acl_access";

    private final HostFiles files;
    private final IdMaps own;
    private final long overflowUid;
    private final long overflowGid;

    Viewer(HostFiles files) {
        this.files = files;
        this.own = new MapFiles().own();
        this.overflowUid = number("/proc/sys/kernel/overflowuid");
        this.overflowGid = number("/proc/sys/kernel/overflowgid");
    }

    /** A setting is read with one read(2): at another offset it has nothing. */
    private static long number(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            byte[] bytes = new byte[32];
            return Long.parseLong(new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException none) {
            return 65_534;
        }
    }

    HostFiles files() {
        return files;
    }

    /** The inode that is open as {@code fd}, seen through {@code mount}. */
    Inode inode(int fd, FileStatus status, MountFacts mount) {
        Inode.Type type = Inode.Type.of(status.type());
        byte[] list = type == Inode.Type.LINK ? null : files.attribute(fd, ACL);
        return new Inode(
                type,
                uid(status.uid(), mount),
                gid(status.gid(), mount),
                status.mode() & 07777,
                list == null ? null : Acl.parse(list),
                status.isImmutable());
    }

    private long uid(long shown, MountFacts mount) {
        IdMaps maps = mount.maps();
        boolean unshown =
                mount.idmapped() && (maps == null || maps.uids().toInside(shown).isEmpty());
        boolean nobody =
                shown == overflowUid && (unshown || own.uids().toOutside(shown).isEmpty());
        return nobody ? Inode.UNKNOWN : shown;
    }

    private long gid(long shown, MountFacts mount) {
        IdMaps maps = mount.maps();
        boolean unshown =
                mount.idmapped() && (maps == null || maps.gids().toInside(shown).isEmpty());
        boolean nobody =
                shown == overflowGid && (unshown || own.gids().toOutside(shown).isEmpty());
        return nobody ? Inode.UNKNOWN : shown;
    }
}
