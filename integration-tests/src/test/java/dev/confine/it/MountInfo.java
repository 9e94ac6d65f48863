package dev.confine.it;

import java.util.Arrays;
import java.util.List;

/**
 * A line of mountinfo, proc_pid_mountinfo(5).
 *
 * @param root the place in the file system that is mounted
 * @param options of the mount
 * @param propagation {@code shared:N}, {@code master:N}, {@code unbindable}; empty for private
 * @param superblock options of the file system
 */
record MountInfo(
        String root,
        String target,
        List<String> options,
        List<String> propagation,
        String type,
        List<String> superblock) {

    static MountInfo parse(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        int dash = words.indexOf("-");
        return new MountInfo(
                words.get(3),
                words.get(4),
                List.of(words.get(5).split(",")),
                words.subList(6, dash),
                words.get(dash + 1),
                List.of(words.get(dash + 3).split(",")));
    }

    /** The topmost mount on {@code target}. */
    static MountInfo of(String mountinfo, String target) {
        return mountinfo
                .lines()
                .map(MountInfo::parse)
                .filter(mount -> mount.target().equals(target))
                .reduce((lower, upper) -> upper)
                .orElseThrow(() -> new AssertionError("no mount on " + target + " in\n" + mountinfo));
    }
}
