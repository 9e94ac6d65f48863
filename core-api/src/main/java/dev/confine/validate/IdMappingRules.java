package dev.confine.validate;

import dev.confine.spec.IdMapping;
import java.util.List;

/** The lines of one map, user_namespaces(7): of a user namespace or of an idmapped mount. */
final class IdMappingRules {
    private static final int MOST_LINES = 340;
    private static final int SHOWN_LINES = 5;
    /** The first number that is no id: 4294967295 itself means "no change". */
    private static final long END = 0xffff_ffffL;

    private IdMappingRules() {}

    static void check(List<IdMapping> map, String pointer, Violations found) {
        if (map.size() > MOST_LINES) {
            found.add(
                    pointer,
                    "has " + map.size() + " lines, and the kernel takes " + MOST_LINES
                            + " at most: join neighbours into one");
            return;
        }
        for (int i = 0; i < map.size(); i++) {
            String line = Pointer.item(pointer, i);
            if (map.get(i).size() == 0) {
                found.add(line + "/size", "is 0, which maps nothing: write how many ids, at least 1");
            }
            fits(line, map.get(i), found);
            for (int j = 0; j < i; j++) {
                overlap(line, map.get(j), map.get(i), Pointer.item(pointer, j), found);
            }
        }
    }

    private static void fits(String pointer, IdMapping line, Violations found) {
        if (line.containerID() + line.size() > END || line.hostID() + line.size() > END) {
            found.add(pointer, "the line " + text(line) + " goes beyond the last id, 4294967294: lower its size");
        }
    }

    private static void overlap(String pointer, IdMapping first, IdMapping second, String where, Violations found) {
        boolean inside = overlap(first.containerID(), first.size(), second.containerID(), second.size());
        boolean outside = overlap(first.hostID(), first.size(), second.hostID(), second.size());
        if (inside || outside) {
            found.add(
                    pointer,
                    "the lines " + text(first) + " (" + where + ") and " + text(second) + " overlap "
                            + (inside ? outside ? "on both sides" : "inside" : "outside")
                            + ": every id may be mapped once only");
        }
    }

    private static boolean overlap(long a, long sizeOfA, long b, long sizeOfB) {
        return sizeOfA > 0 && sizeOfB > 0 && a < b + sizeOfB && b < a + sizeOfA;
    }

    private static String text(IdMapping line) {
        return "\"" + line.containerID() + " " + line.hostID() + " " + line.size() + "\"";
    }

    /** The map as in {@code /proc/PID/uid_map}, its first lines. */
    static String text(List<IdMapping> map) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(map.size(), SHOWN_LINES); i++) {
            text.append(i == 0 ? "" : ", ").append(text(map.get(i)));
        }
        return map.size() > SHOWN_LINES
                ? text.append(" and ")
                        .append(map.size() - SHOWN_LINES)
                        .append(" more")
                        .toString()
                : text.toString();
    }
}
