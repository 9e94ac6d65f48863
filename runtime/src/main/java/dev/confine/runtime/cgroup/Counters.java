package dev.confine.runtime.cgroup;

import dev.confine.stats.Statistics.Pressure;
import dev.confine.stats.Statistics.Shares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counters in the files of one cgroup. What is not there, or no number, is 0 or empty: kernels differ in what they count. */
final class Counters {
    private final Tree tree;
    private final @Nullable String directory;

    /** @param directory null for a cgroup that does not exist, which counts nothing */
    Counters(Tree tree, @Nullable String directory) {
        this.tree = tree;
        this.directory = directory;
    }

    private String text(String file) {
        return directory == null ? "" : tree.read(directory + "/" + file).strip();
    }

    boolean has(String file) {
        return directory != null && tree.exists(directory + "/" + file);
    }

    /** The lines of a file. */
    List<String[]> lines(String file) {
        List<String[]> lines = new ArrayList<>();
        for (String line : text(file).split("\n", -1)) {
            if (!line.isBlank()) {
                lines.add(line.strip().split(" +", -1));
            }
        }
        return lines;
    }

    /** A file that holds one number; of {@code max} the largest. */
    long number(String file) {
        return number(text(file), 0);
    }

    /** Unsigned. */
    static long number(String text, long otherwise) {
        if (text.equals("max")) {
            return -1;
        }
        try {
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    /** The words of a file as numbers. */
    List<Long> numbers(String file) {
        List<Long> numbers = new ArrayList<>();
        for (String[] line : lines(file)) {
            for (String word : line) {
                numbers.add(number(word, 0));
            }
        }
        return numbers;
    }

    /** The members of a list such as {@code 0-2,7}. */
    List<Long> members(String file) {
        List<Long> members = new ArrayList<>();
        for (String range : text(file).split(",", -1)) {
            int dash = range.indexOf('-');
            long first = number(dash < 0 ? range : range.substring(0, dash), -1);
            long last = dash < 0 ? first : number(range.substring(dash + 1), -1);
            for (long i = first; i >= 0 && i <= last; i++) {
                members.add(i);
            }
        }
        return members;
    }

    /** A file with a name and a number a line. */
    Map<String, Long> pairs(String file) {
        Map<String, Long> pairs = new LinkedHashMap<>();
        for (String[] line : lines(file)) {
            if (line.length == 2) {
                pairs.put(line[0], number(line[1], 0));
            }
        }
        return pairs;
    }

    /** A file such as {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}; null where there is none. */
    @Nullable
    Pressure pressure(String file) {
        Shares some = Shares.NONE;
        Shares full = Shares.NONE;
        List<String[]> lines = lines(file);
        for (String[] line : lines) {
            if (line[0].equals("some")) {
                some = shares(line);
            } else if (line[0].equals("full")) {
                full = shares(line);
            }
        }
        return lines.isEmpty() ? null : new Pressure(some, full);
    }

    private static Shares shares(String[] line) {
        Map<String, String> values = values(line);
        return new Shares(
                share(values, "avg10"),
                share(values, "avg60"),
                share(values, "avg300"),
                number(values.getOrDefault("total", ""), 0));
    }

    private static double share(Map<String, String> values, String name) {
        try {
            return Double.parseDouble(values.getOrDefault(name, "0"));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** The words {@code name=value} of a line. */
    static Map<String, String> values(String[] line) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : line) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return values;
    }
}
