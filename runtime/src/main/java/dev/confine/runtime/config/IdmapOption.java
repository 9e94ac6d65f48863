package dev.confine.runtime.config;

import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mount option {@code idmap=uids=0-100000-10#10-100020-5;gids=@0-5-10} and its recursive form, as crun has them and podman hands them on: it is read as {@code idmap} with
 * {@code uidMappings} and {@code gidMappings} of the mount. The numbers of a range are the first id of the file system, the first one that it becomes on the host, and
 * how many; after {@code @} the second is an id of the container. A kind that is not given has the container's map. An option of another form is left to be refused.
 */
final class IdmapOption {
    private static final String[] WORDS = {"idmap", "ridmap"};
    private static final int NUMBERS = 3;

    private IdmapOption() {}

    /** The mounts of a container with this {@code linux}. */
    static List<Mount> read(List<Mount> mounts, Linux linux) {
        List<Mount> read = mounts;
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            Mount changed = read(mount, linux);
            if (changed != null) {
                read = read == mounts ? new ArrayList<>(mounts) : read;
                read.set(i, changed);
            }
        }
        return read;
    }

    /** Null where nothing changes. */
    private static @Nullable Mount read(Mount mount, Linux linux) {
        for (int i = 0; i < mount.options().size(); i++) {
            for (String word : WORDS) {
                if (mount.options().get(i).startsWith(word + "=")
                        && mount.uidMappings().isEmpty()
                        && mount.gidMappings().isEmpty()) {
                    return read(mount, i, word, linux);
                }
            }
        }
        return null;
    }

    private static @Nullable Mount read(Mount mount, int index, String word, Linux linux) {
        String maps = mount.options().get(index).substring(word.length() + 1);
        List<IdMapping> uids = linux.uidMappings();
        List<IdMapping> gids = linux.gidMappings();
        for (String map : parts(maps, ';')) {
            List<IdMapping> ranges = null;
            if (map.startsWith("uids=")) {
                ranges = ranges(map.substring("uids=".length()), linux.uidMappings());
                uids = ranges == null ? uids : ranges;
            } else if (map.startsWith("gids=")) {
                ranges = ranges(map.substring("gids=".length()), linux.gidMappings());
                gids = ranges == null ? gids : ranges;
            }
            if (ranges == null) {
                return null;
            }
        }
        List<String> options = new ArrayList<>(mount.options());
        options.set(index, word);
        return new Mount(mount.destination(), mount.type(), mount.source(), options, uids, gids);
    }

    /** Null where they are no ranges, or one is not in the container's map as a whole. */
    private static @Nullable List<IdMapping> ranges(String text, List<IdMapping> container) {
        boolean inside = text.startsWith("@");
        List<IdMapping> ranges = new ArrayList<>();
        for (String range : parts(inside ? text.substring(1) : text, '#')) {
            List<String> numbers = parts(range, '-');
            if (numbers.size() != NUMBERS) {
                return null;
            }
            long first = number(numbers.get(0));
            long second = number(numbers.get(1));
            long count = number(numbers.get(2));
            second = inside ? onHost(second, count, container) : second;
            if (first < 0 || second < 0 || count < 0) {
                return null;
            }
            ranges.add(new IdMapping(first, second, count));
        }
        return ranges;
    }

    private static long onHost(long id, long count, List<IdMapping> container) {
        for (IdMapping mapping : container) {
            long distance = id - mapping.containerID();
            if (distance >= 0 && distance + count <= mapping.size()) {
                return mapping.hostID() + distance;
            }
        }
        return -1;
    }

    /** Of 32 bits, or -1. */
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 10) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number <= 0xffff_ffffL ? number : -1;
    }

    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
