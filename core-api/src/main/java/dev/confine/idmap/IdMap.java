package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The uid or gid map of a user namespace: extents that do not overlap on either side, at least one, at most {@link #MOST_LINES}. A value that cannot
 * be wrong. It does not say whether anyone may write it. The order of its lines is kept and means nothing.
 *
 * @param extents the lines
 */
public record IdMap(List<Extent> extents) {
    /** What the kernel takes, user_namespaces(7), Linux ≥ 4.15. */
    public static final int MOST_LINES = 340;

    /** The kernel takes a text that is shorter than a page, and pages are at least this long. */
    static final int PAGE = 4096;

    /** @throws IdMapException for the first of {@link #problems} */
    public IdMap {
        extents = List.copyOf(extents);
        List<MapProblem> problems = MapProblem.of(extents);
        if (!problems.isEmpty()) {
            throw new IdMapException(problems.get(0).message(), problems.get(0).lines());
        }
    }

    /** A map of these lines. */
    public static IdMap of(List<Extent> extents) {
        return new IdMap(extents);
    }

    /** A map of one line. */
    public static IdMap of(long inside, long outside, long size) {
        return new IdMap(List.of(new Extent(inside, outside, size)));
    }

    /** Why {@code extents} make no map, all of it, each with the lines it is about; empty when they make one. */
    public static List<String> problems(List<Extent> extents) {
        List<String> messages = new ArrayList<>();
        for (MapProblem problem : MapProblem.of(extents)) {
            messages.add(problem.message());
        }
        return messages;
    }

    /**
     * Reads what /proc/PID/uid_map holds: a line an extent, three numbers with blanks between.
     *
     * @throws IdMapException also for the empty text of a namespace that has no map yet
     */
    public static IdMap parse(String procText) {
        return new IdMap(MapText.parse(procText));
    }

    /** The id outside that {@code inside} is. */
    public OptionalLong toOutside(long inside) {
        for (Extent extent : extents) {
            if (extent.hasInside(inside)) {
                return OptionalLong.of(extent.outside() + inside - extent.inside());
            }
        }
        return OptionalLong.empty();
    }

    /** The id inside that {@code outside} is; where there is none, the kernel shows the overflow id, 65534. */
    public OptionalLong toInside(long outside) {
        for (Extent extent : extents) {
            if (extent.hasOutside(outside)) {
                return OptionalLong.of(extent.inside() + outside - extent.outside());
            }
        }
        return OptionalLong.empty();
    }

    /** Whether {@code inside} is an id of the namespace. */
    public boolean contains(long inside) {
        return toOutside(inside).isPresent();
    }

    /** How many ids it maps. */
    public long size() {
        long size = 0;
        for (Extent extent : extents) {
            size += extent.size();
        }
        return size;
    }

    /**
     * From the inside of this map to the outside of {@code outer}, the map of its parent: what a namespace in a namespace is on the host. Ids that
     * {@code outer} does not have are left out.
     *
     * @throws IdMapException when none is left, or the result has more lines than a map may have
     */
    public IdMap compose(IdMap outer) {
        List<Extent> composed = new ArrayList<>();
        for (Extent piece : Split.of(this, outer).pieces()) {
            composed.add(
                    new Extent(piece.inside(), outer.toOutside(piece.outside()).orElseThrow(), piece.size()));
        }
        if (composed.isEmpty()) {
            throw new IdMapException("none of the ids of " + shown() + " is mapped in " + outer.shown(), extents);
        }
        return new IdMap(MapText.merged(composed));
    }

    /**
     * The same map in lines that each lie within one line of {@code parent}, as the kernel wants them.
     *
     * @throws IdMapException naming the ids that {@code parent} does not have, the line that asks for them, and the lines it has
     */
    public IdMap splitAt(IdMap parent) {
        Split split = Split.of(this, parent);
        split.requireWhole(parent);
        return new IdMap(split.pieces());
    }

    /** The same map in as few lines as can be, sorted by the ids inside. */
    public IdMap normalized() {
        return new IdMap(MapText.merged(extents));
    }

    /** Whether both map the same ids to the same ids, in whatever lines. */
    public boolean sameMeaning(IdMap other) {
        List<Extent> mine = MapText.merged(extents);
        List<Extent> theirs = MapText.merged(other.extents);
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            Extent one = mine.get(i);
            Extent two = theirs.get(i);
            if (one.inside() != two.inside() || one.outside() != two.outside() || one.size() != two.size()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The text for /proc/PID/uid_map, which takes it in one write(2).
     *
     * @throws IdMapException when it is longer than the kernel takes
     */
    public String lines() {
        String text = MapText.of(extents);
        if (text.length() >= PAGE) {
            throw new IdMapException(
                    "the map has " + extents.size() + " lines of " + text.length()
                            + " bytes together, and the kernel takes at most " + (PAGE - 1)
                            + ": use fewer, larger ranges",
                    List.of());
        }
        return text;
    }

    /** For messages: its lines in quotes, the first few of many. */
    public String shown() {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(extents.size(), 5); i++) {
            shown.append(i == 0 ? "\"" : ", \"").append(extents.get(i)).append('"');
        }
        return extents.size() > 5
                ? shown.append(" and ")
                        .append(extents.size() - 5)
                        .append(" more")
                        .toString()
                : shown.toString();
    }
}
