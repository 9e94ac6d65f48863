package dev.confine.runtime.doctor;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.ShellWord;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.host.OwnerCount;
import dev.confine.runtime.host.TreeScan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owners of a root file system against the id map of its container: whoever has no id inside shows as nobody there.
 *
 * @param files how many were looked at
 * @param strangers ids outside of the map, those with most files first
 * @param findings in sentences
 */
public record BundleExam(long files, List<OwnerCount.Owner> strangers, List<Finding> findings) {
    private static final String TOPIC = "bundle";

    /**
     * Looks at every file of a tree.
     *
     * @param bundle as the user wrote it
     * @param rootfs absolute path
     * @param maps of the container, or null where it has no user namespace
     */
    public static BundleExam of(HostFiles files, String bundle, String rootfs, @Nullable IdMaps maps) {
        OwnerCount owners = new OwnerCount();
        TreeScan scan = new TreeScan(files, owners);
        scan.walk(rootfs);
        List<Finding> findings = new ArrayList<>();
        List<OwnerCount.Owner> strangers = new ArrayList<>();
        if (maps == null) {
            findings.add(Finding.ok(
                    TOPIC, rootfs + " has " + owners.files() + " files, and its container the ids of the host"));
        } else {
            for (OwnerCount.Owner owner : owners.all()) {
                boolean mapped = owner.user()
                        ? maps.uids().toInside(owner.id()).isPresent()
                        : maps.gids().toInside(owner.id()).isPresent();
                if (!mapped) {
                    strangers.add(owner);
                }
            }
            String cure = strangers.isEmpty()
                    ? ""
                    : cure(bundle, rootfs, maps, isShifted(files, rootfs, maps), strangers.get(0));
            findings.add(finding(rootfs, owners.files(), strangers, cure));
        }
        if (scan.unreadable() > 0) {
            findings.add(Finding.warning(
                    TOPIC,
                    (scan.unreadable() == 1 ? "1 directory" : scan.unreadable() + " directories") + " of " + rootfs
                            + " may not be read by you, so what is in there is not counted",
                    "as root: confine doctor --bundle " + ShellWord.of(bundle)));
        }
        return new BundleExam(owners.files(), strangers, findings);
    }

    /** Whether the tree has ids of the host already, as its root directory belongs to one that the map has. */
    private static boolean isShifted(HostFiles files, String rootfs, IdMaps maps) {
        int top = files.place(rootfs);
        try {
            return maps.uids().toInside(files.status(top).uid()).isPresent();
        } finally {
            files.close(top);
        }
    }

    /** A map shifts all of a tree: what has ids of the host already would be wrong afterwards, so there only the strangers get another owner. */
    static String cure(String bundle, String rootfs, IdMaps maps, boolean shifted, OwnerCount.Owner most) {
        if (!shifted) {
            return "as root: confine run --idmap-rootfs, or confine chown-map --bundle " + ShellWord.of(bundle)
                    + " --apply " + ShellWord.of(rootfs);
        }
        IdMap map = most.user() ? maps.uids() : maps.gids();
        long inside = map.toOutside(most.id()).isPresent() ? most.id() : 0;
        return "as root: find " + ShellWord.of(rootfs) + (most.user() ? " -uid " : " -gid ") + most.id() + " -exec "
                + (most.user() ? "chown" : "chgrp") + " -h "
                + map.toOutside(inside).orElse(most.id())
                + " {} +, which makes it " + inside + " inside";
    }

    private static Finding finding(String rootfs, long files, List<OwnerCount.Owner> strangers, String cure) {
        if (strangers.isEmpty()) {
            return Finding.ok(
                    TOPIC, "all owners of the " + files + " files of " + rootfs + " have ids in the container");
        }
        OwnerCount.Owner most = strangers.get(0);
        int others = strangers.size() - 1;
        return Finding.failure(
                TOPIC,
                "of the " + (files == 1 ? "one file" : files + " files") + " of " + rootfs + ", " + most.count()
                        + (most.count() == 1 ? " belongs to " : " belong to ")
                        + (most.user() ? "uid " : "gid ")
                        + most.id() + " (" + most.example() + ")"
                        + (others == 0
                                ? ","
                                : ", and others to " + others + (others == 1 ? " further id," : " further ids,"))
                        + " which the map does not have: nobody's inside",
                cure);
    }
}
