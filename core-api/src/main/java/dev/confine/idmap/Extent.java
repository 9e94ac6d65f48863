package dev.confine.idmap;

import dev.confine.Quoted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a map, user_namespaces(7): {@code size} ids from {@code inside} on are those from {@code outside} on. Ids are unsigned 32 bits up to
 * {@link #LAST_ID}. A value that cannot be wrong; whether it goes together with other lines is for {@link IdMap}.
 *
 * @param inside first id in the user namespace
 * @param outside first id in the parent of it
 * @param size how many, at least 1
 */
public record Extent(long inside, long outside, long size) {
    /** The last id there is: the one after it, 4294967295, is {@code (uid_t) -1} and stands for none. */
    public static final long LAST_ID = 0xffff_fffeL;

    /** @throws IdMapException when these numbers make no line */
    public Extent {
        String problem = problem(inside, outside, size);
        if (problem != null) {
            throw new IdMapException(problem, List.of());
        }
    }

    /** Why these numbers make no line of a map, for those who collect such sentences; null when they make one. */
    public static @Nullable String problem(long inside, long outside, long size) {
        if (size < 1) {
            return "the map line " + quoted(inside, outside, size) + " has no ids: the size must be at least 1";
        }
        if (beyond(inside, size)) {
            return "the map line " + quoted(inside, outside, size) + " goes beyond the ids inside: the last one is "
                    + LAST_ID;
        }
        if (beyond(outside, size)) {
            return "the map line " + quoted(inside, outside, size) + " goes beyond the ids outside: the last one is "
                    + LAST_ID;
        }
        return null;
    }

    /**
     * Reads {@code C:H:N}: first id inside, first id outside, how many; each in decimal digits alone.
     *
     * @throws IdMapException with what was expected
     */
    public static Extent parse(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first >= 0 && second >= 0) {
            long inside = Digits.parse(text.substring(0, first));
            long outside = Digits.parse(text.substring(first + 1, second));
            long size = Digits.parse(text.substring(second + 1));
            if (inside != Digits.NONE && outside != Digits.NONE && size != Digits.NONE) {
                return new Extent(inside, outside, size);
            }
        }
        throw new IdMapException(
                "map entry " + Quoted.text(text)
                        + " is not CONTAINER:HOST:SIZE: three numbers of 0 to 4294967295, for example 0:100000:65536",
                List.of());
    }

    /** The last id inside. */
    public long lastInside() {
        return inside + size - 1;
    }

    /** The last id outside. */
    public long lastOutside() {
        return outside + size - 1;
    }

    boolean hasInside(long id) {
        return id >= inside && id - inside < size;
    }

    boolean hasOutside(long id) {
        return id >= outside && id - outside < size;
    }

    /** Whether {@code next} goes on, on both sides, where this one ends. */
    boolean continuedBy(Extent next) {
        return next.inside == inside + size && next.outside == outside + size;
    }

    /** As in /proc/PID/uid_map: {@code 0 100000 65536}. */
    @Override
    public String toString() {
        return inside + " " + outside + " " + size;
    }

    private static boolean beyond(long first, long size) {
        return first < 0 || first > LAST_ID || size - 1 > LAST_ID - first;
    }

    private static String quoted(long inside, long outside, long size) {
        return "\"" + inside + " " + outside + " " + size + "\"";
    }
}
