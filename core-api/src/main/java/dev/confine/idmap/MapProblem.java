package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;

/** Why some lines make no map together: the sentence for the user and the lines it is about. */
record MapProblem(String message, List<Extent> lines) {
    /** The problems of {@code extents}, at most two a line: for each, the first line it overlaps with inside, and outside. */
    static List<MapProblem> of(List<Extent> extents) {
        if (extents.isEmpty()) {
            return List.of(new MapProblem("the map has no lines: it needs at least one", List.of()));
        }
        if (extents.size() > IdMap.MOST_LINES) {
            return List.of(new MapProblem(
                    "the map has " + extents.size() + " lines, and the kernel takes at most " + IdMap.MOST_LINES
                            + ": use fewer, larger ranges",
                    List.of()));
        }
        List<MapProblem> problems = new ArrayList<>();
        for (int i = 1; i < extents.size(); i++) {
            overlapInside(extents, i, problems);
            overlapOutside(extents, i, problems);
        }
        return problems;
    }

    private static void overlapInside(List<Extent> extents, int index, List<MapProblem> problems) {
        Extent later = extents.get(index);
        for (int i = 0; i < index; i++) {
            Extent earlier = extents.get(i);
            long from = Math.max(earlier.inside(), later.inside());
            long last = Math.min(earlier.lastInside(), later.lastInside());
            if (from <= last) {
                problems.add(overlap(earlier, later, from, last, "inside"));
                return;
            }
        }
    }

    private static void overlapOutside(List<Extent> extents, int index, List<MapProblem> problems) {
        Extent later = extents.get(index);
        for (int i = 0; i < index; i++) {
            Extent earlier = extents.get(i);
            long from = Math.max(earlier.outside(), later.outside());
            long last = Math.min(earlier.lastOutside(), later.lastOutside());
            if (from <= last) {
                problems.add(overlap(earlier, later, from, last, "outside"));
                return;
            }
        }
    }

    private static MapProblem overlap(Extent one, Extent two, long from, long last, String side) {
        IdRange both = new IdRange(from, last - from + 1);
        return new MapProblem(
                "the map lines \"" + one + "\" and \"" + two + "\" overlap: both have " + both + " " + side,
                List.of(one, two));
    }
}
