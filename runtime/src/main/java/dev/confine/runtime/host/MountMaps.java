package dev.confine.runtime.host;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The id maps of mounts in a mount namespace, by statmount(2), which tells them from Linux 6.15 on; before, and without the right to look, nothing is known.
 * From ids on disk, inside, to those that the mount shows, outside.
 */
public final class MountMaps {
    private static final long NS_GET_MNTNS_ID = 0x8008_b705L;
    private static final int STATX_MNT_ID_UNIQUE = 0x4000;
    private static final long STATMOUNT_MAPS = 0x6000;
    private static final int REQUEST = 32;
    private static final int ANSWER = 65_536;
    private static final int TEXTS = 512;

    private final HostFiles files;
    private final String namespaceFile;
    private final Pointer memory;
    private long namespace = -1;

    /** @param namespaceFile as {@code /proc/PID/ns/mnt} */
    public MountMaps(HostFiles files, String namespaceFile) {
        this.files = files;
        this.namespaceFile = namespaceFile;
        this.memory = HostFiles.memory(REQUEST + ANSWER);
    }

    /** Of the mount that {@code fd} is open on; null where it is not told. */
    public @Nullable IdMaps of(int fd) {
        try {
            return maps(fd);
        } catch (CallFailure | IdMapException untold) {
            return null;
        }
    }

    private @Nullable IdMaps maps(int fd) {
        Pointer answer = memory.slice(REQUEST);
        memory.putByte(0, (byte) 0);
        HostFiles.checked(
                "statx",
                files.statx(fd, memory.address(), HostFiles.AT_EMPTY_PATH, STATX_MNT_ID_UNIQUE, answer.address()));
        long mount = answer.getLong(144);
        long id = namespace();
        memory.putInt(0, REQUEST);
        memory.putInt(4, 0);
        memory.putLong(8, mount);
        memory.putLong(16, STATMOUNT_MAPS);
        memory.putLong(24, id);
        HostFiles.checked("statmount", files.call(Call.STATMOUNT, memory.address(), answer.address(), ANSWER, 0));
        if ((answer.getLong(8) & STATMOUNT_MAPS) != STATMOUNT_MAPS) {
            return null;
        }
        return new IdMaps(
                map(answer, answer.getInt(152), answer.getInt(156)),
                map(answer, answer.getInt(160), answer.getInt(164)));
    }

    private static IdMap map(Pointer answer, int count, int offset) {
        List<Extent> extents = new ArrayList<>();
        long at = TEXTS + (offset & 0xffff_ffffL);
        for (int i = 0; i < count; i++) {
            int length = 0;
            while (answer.getByte(at + length) != 0) {
                length++;
            }
            byte[] bytes = new byte[length];
            answer.get(at, bytes, 0, length);
            extents.addAll(
                    IdMap.parse(new String(bytes, StandardCharsets.US_ASCII)).extents());
            at += length + 1;
        }
        return new IdMap(extents);
    }

    private long namespace() {
        if (namespace == -1) {
            int fd = files.open(HostFiles.AT_FDCWD, namespaceFile, 0x80000);
            try {
                HostFiles.checked("ioctl", files.call(Call.IOCTL, fd, NS_GET_MNTNS_ID, memory.address(), 0));
                namespace = memory.getLong(0);
            } finally {
                files.close(fd);
            }
        }
        return namespace;
    }
}
