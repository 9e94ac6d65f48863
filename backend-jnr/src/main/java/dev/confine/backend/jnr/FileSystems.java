package dev.confine.backend.jnr;

import java.util.Map;

/** The numbers of statfs(2) by name, as linux/magic.h has them. */
final class FileSystems {
    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0xef53L, "ext4"),
            Map.entry(0x58465342L, "xfs"),
            Map.entry(0x9123683eL, "btrfs"),
            Map.entry(0xca451a4eL, "bcachefs"),
            Map.entry(0xf2f52010L, "f2fs"),
            Map.entry(0x2fc12fc1L, "zfs"),
            Map.entry(0x01021994L, "tmpfs"),
            Map.entry(0x858458f6L, "ramfs"),
            Map.entry(0x794c7630L, "overlay"),
            Map.entry(0x73717368L, "squashfs"),
            Map.entry(0xe0f5e1e2L, "erofs"),
            Map.entry(0x9660L, "iso9660"),
            Map.entry(0x4d44L, "vfat"),
            Map.entry(0x2011bab0L, "exfat"),
            Map.entry(0x6969L, "nfs"),
            Map.entry(0xff534d42L, "cifs"),
            Map.entry(0xfe534d42L, "smb2"),
            Map.entry(0x00c36400L, "ceph"),
            Map.entry(0x01021997L, "9p"),
            Map.entry(0x65735546L, "fuse"),
            Map.entry(0xf15fL, "ecryptfs"),
            Map.entry(0x9fa0L, "proc"),
            Map.entry(0x62656572L, "sysfs"),
            Map.entry(0x27e0ebL, "cgroup"),
            Map.entry(0x63677270L, "cgroup2"),
            Map.entry(0x1cd1L, "devpts"),
            Map.entry(0x19800202L, "mqueue"));

    private FileSystems() {}

    static String nameOf(long number) {
        long unsigned = number & 0xffff_ffffL;
        String name = NAMES.get(unsigned);
        return name == null ? "0x" + Long.toHexString(unsigned) : name;
    }
}
