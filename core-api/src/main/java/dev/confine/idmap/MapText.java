package dev.confine.idmap;

import dev.confine.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lines of maps as the text of /proc/PID/uid_map, and lines put in order. */
final class MapText {
    private MapText() {}

    static String of(List<Extent> extents) {
        StringBuilder text = new StringBuilder();
        for (Extent extent : extents) {
            text.append(extent.inside()).append(' ');
            text.append(extent.outside()).append(' ');
            text.append(extent.size()).append('\n');
        }
        return text.toString();
    }

    static List<Extent> parse(String text) {
        List<Extent> extents = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            extents.add(line(text.substring(from, end)));
            from = end + 1;
        }
        return extents;
    }

    private static Extent line(String line) {
        long[] numbers = new long[3];
        int count = 0;
        int from = 0;
        while ((from = afterBlanks(line, from)) < line.length()) {
            int end = from;
            while (end < line.length() && line.charAt(end) != ' ') {
                end++;
            }
            long number = Digits.parse(line.substring(from, end));
            if (number == Digits.NONE || count == numbers.length) {
                throw noLine(line);
            }
            numbers[count++] = number;
            from = end;
        }
        if (count != numbers.length) {
            throw noLine(line);
        }
        return new Extent(numbers[0], numbers[1], numbers[2]);
    }

    private static int afterBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static IdMapException noLine(String line) {
        return new IdMapException(
                Quoted.text(line) + " is no line of a map: three numbers, for example 0 100000 65536", List.of());
    }

    /** Sorted by the ids inside. */
    static List<Extent> sorted(List<Extent> extents) {
        List<Extent> sorted = new ArrayList<>(extents);
        sorted.sort(new ByInside());
        return sorted;
    }

    /** Sorted by the ids inside, with lines that go on where another ends joined to it. */
    static List<Extent> merged(List<Extent> extents) {
        List<Extent> merged = new ArrayList<>();
        for (Extent next : sorted(extents)) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).continuedBy(next)) {
                Extent open = merged.get(last);
                merged.set(last, new Extent(open.inside(), open.outside(), open.size() + next.size()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static final class ByInside implements Comparator<Extent> {
        @Override
        public int compare(Extent one, Extent two) {
            return Long.compare(one.inside(), two.inside());
        }
    }
}
