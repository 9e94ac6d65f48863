package dev.confine.runtime.access;

import java.util.Set;

/** The file systems whose mounts can have an id map, mount_setattr(2), as of Linux 6.18. */
public final class IdmappableSystems {
    private static final Set<String> NAMES = Set.of(
            "ext4",
            "ext2",
            "ext3",
            "xfs",
            "btrfs",
            "bcachefs",
            "f2fs",
            "tmpfs",
            "ramfs",
            "hugetlbfs",
            "erofs",
            "squashfs",
            "vfat",
            "exfat",
            "ntfs3",
            "ceph",
            "virtiofs",
            "zfs");

    private IdmappableSystems() {}

    /** By the name that mountinfo has for it. */
    public static boolean has(String type) {
        return NAMES.contains(type);
    }
}
