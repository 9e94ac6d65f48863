package dev.confine.idmap;

import dev.confine.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a user may give to containers, subuid(5). Read from /etc/subuid and /etc/subgid, all lines of the user by name and by number; only where
 * nsswitch.conf names another source ({@code subid: sss}) is {@code getsubids} asked first, since it is a child process. Whether newuidmap grants the
 * ranges is its own decision.
 *
 * @param user the name of the user, or the number where there is none
 * @param uids in the order they were found, none twice
 * @param gids in the order they were found, none twice
 * @param remarks sentences on what was passed over: lines that are no entry, a source that did not answer
 */
public record SubordinateIds(String user, List<IdRange> uids, List<IdRange> gids, List<String> remarks) {
    static final String UID_FILE = "/etc/subuid";
    static final String GID_FILE = "/etc/subgid";

    public SubordinateIds {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
        remarks = List.copyOf(remarks);
    }

    /** The ranges of {@code uid}. */
    public static SubordinateIds of(HostTexts host, long uid) {
        return of(host, new UserNames(host).nameOf(uid), Long.toString(uid));
    }

    /** The ranges of {@code name}, which need not be a user: engines keep those for containers of root under {@code containers}. */
    static SubordinateIds of(HostTexts host, String name, String number) {
        List<String> remarks = new ArrayList<>();
        List<IdRange> uids = null;
        List<IdRange> gids = null;
        if (otherSource(host)) {
            uids = asked(host, List.of("getsubids", name));
            gids = asked(host, List.of("getsubids", "-g", name));
            if (uids == null || gids == null) {
                remarks.add(
                        "getsubids, which nsswitch.conf's \"subid:\" asks for, gave no ranges for \"" + name + "\"");
            }
        }
        return new SubordinateIds(
                name,
                uids == null ? inFile(host, UID_FILE, name, number, remarks) : uids,
                gids == null ? inFile(host, GID_FILE, name, number, remarks) : gids,
                remarks);
    }

    /** Which of {@code ids} the user may not give as uids. */
    public List<IdRange> foreignUids(IdRange ids) {
        return foreign(uids, ids);
    }

    /** Which of {@code ids} the user may not give as gids. */
    public List<IdRange> foreignGids(IdRange ids) {
        return foreign(gids, ids);
    }

    private static List<IdRange> foreign(List<IdRange> owned, IdRange ids) {
        List<IdRange> left = List.of(ids);
        for (IdRange range : owned) {
            left = without(left, range);
        }
        return left;
    }

    private static boolean otherSource(HostTexts host) {
        String text = host.file("/etc/nsswitch.conf");
        if (text != null) {
            for (String line : Fields.lines(text)) {
                if (line.startsWith("subid:")) {
                    List<String> words = Fields.words(line.substring("subid:".length()));
                    return !words.isEmpty() && !words.get(0).equals("files");
                }
            }
        }
        return false;
    }

    private static @Nullable List<IdRange> asked(HostTexts host, List<String> command) {
        String text = host.output(command);
        if (text == null) {
            return null;
        }
        List<IdRange> ranges = new ArrayList<>();
        for (String line : Fields.lines(text)) {
            List<String> words = Fields.words(line);
            if (words.size() == 4) {
                add(ranges, words.get(2), words.get(3));
            }
        }
        return ranges;
    }

    private static List<IdRange> inFile(HostTexts host, String path, String name, String number, List<String> remarks) {
        List<IdRange> ranges = new ArrayList<>();
        String text = host.file(path);
        List<String> lines = text == null ? List.of() : Fields.lines(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            List<String> fields = Fields.cut(line, ':');
            boolean mine = fields.get(0).equals(name) || fields.get(0).equals(number);
            if (mine && (fields.size() != 3 || !add(ranges, fields.get(1), fields.get(2)))) {
                remarks.add("line " + (i + 1) + " of " + path + ", " + Quoted.text(line) + ", is not USER:FIRST:COUNT");
            }
        }
        return ranges;
    }

    /** Adds what of a range is not there yet; false when these texts are no range. */
    private static boolean add(List<IdRange> ranges, String first, String count) {
        long from = Digits.parse(first);
        long size = Digits.parse(count);
        if (from == Digits.NONE || size < 1 || Extent.problem(0, from, size) != null) {
            return false;
        }
        List<IdRange> added = List.of(new IdRange(from, size));
        for (IdRange range : ranges) {
            added = without(added, range);
        }
        ranges.addAll(added);
        return true;
    }

    /** What is left of {@code ranges} without the ids of {@code taken}. */
    static List<IdRange> without(List<IdRange> ranges, IdRange taken) {
        List<IdRange> left = new ArrayList<>();
        for (IdRange range : ranges) {
            long before = Math.min(range.last(), taken.first() - 1) - range.first() + 1;
            if (before > 0) {
                left.add(new IdRange(range.first(), before));
            }
            long next = Math.max(range.first(), taken.last() + 1);
            if (next <= range.last()) {
                left.add(new IdRange(next, range.last() - next + 1));
            }
        }
        return left;
    }
}
