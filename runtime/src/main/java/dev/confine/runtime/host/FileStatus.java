package dev.confine.runtime.host;

import jnr.ffi.Pointer;

/**
 * What statx(2) says of a file. Ids are those that this process sees: through the id map of the mount, and in its own user namespace.
 *
 * @param mode type and permissions, {@code st_mode}
 * @param attributes of the file, {@code STATX_ATTR_…}
 * @param mount the number of its mount, as in the first field of mountinfo; Linux ≥ 5.8
 * @param device number of the file system
 */
public record FileStatus(
        int mode, long uid, long gid, long inode, long links, long attributes, long mount, long device) {
    static final int BYTES = 256;

    /** With {@code STATX_MNT_ID}. */
    static final int MASK = 0x17ff;

    private static final int TYPE = 0xf000;
    private static final long IMMUTABLE = 0x10;
    private static final long MOUNT_ROOT = 0x2000;

    static FileStatus at(Pointer statx) {
        return new FileStatus(
                statx.getShort(28) & 0xffff,
                statx.getInt(20) & 0xffff_ffffL,
                statx.getInt(24) & 0xffff_ffffL,
                statx.getLong(32),
                statx.getInt(16) & 0xffff_ffffL,
                statx.getLong(8),
                statx.getLong(144),
                ((statx.getInt(136) & 0xffff_ffffL) << 32) | (statx.getInt(140) & 0xffff_ffffL));
    }

    /** The {@code S_IF…} bits alone. */
    public int type() {
        return mode & TYPE;
    }

    public boolean isDirectory() {
        return type() == 0x4000;
    }

    public boolean isRegular() {
        return type() == 0x8000;
    }

    public boolean isLink() {
        return type() == 0xa000;
    }

    public boolean isImmutable() {
        return (attributes & IMMUTABLE) != 0;
    }

    /** Whether something is mounted here; Linux ≥ 5.8. */
    public boolean isMountRoot() {
        return (attributes & MOUNT_ROOT) != 0;
    }
}
