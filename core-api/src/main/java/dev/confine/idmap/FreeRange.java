package dev.confine.idmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for ids that belong to nobody: above every user, every group and every subordinate range of the host's files. */
final class FreeRange {
    /** How many ids a container gets whose maker owns no range: all of 16 bits, which images are made for. */
    static final long SIZE = 65536;

    private static final long FIRST_OF_USERADD = 100_000;

    private FreeRange() {}

    /** The first range of {@link #SIZE} ids at a multiple of it that is above all that is in use as uid or gid. */
    static IdRange forRoot(HostTexts host) {
        long used = SIZE - 1;
        used = Math.max(used, lastSubordinate(host.file(SubordinateIds.UID_FILE)));
        used = Math.max(used, lastSubordinate(host.file(SubordinateIds.GID_FILE)));
        used = Math.max(used, lastAccount(host.file("/etc/passwd")));
        used = Math.max(used, lastAccount(host.file("/etc/group")));
        long first = (used + SIZE) / SIZE * SIZE;
        if (first + SIZE - 1 > Extent.LAST_ID) {
            throw new IdMapException(
                    "no " + SIZE + " ids are free above those of /etc/passwd, /etc/group, /etc/subuid and /etc/subgid:"
                            + " say which to use with --uid-map and --gid-map",
                    List.of());
        }
        return new IdRange(first, SIZE);
    }

    /** That range, where the user namespace of this process has it: inside another one there may be few ids. */
    static IdRange forRootHere(HostTexts host) {
        IdRange free = forRoot(host);
        String text = host.file("/proc/self/uid_map");
        if (text == null) {
            return free;
        }
        IdMap here = IdMap.parse(text);
        if (here.contains(free.first()) && here.contains(free.last())) {
            return free;
        }
        throw new IdMapException(
                "no " + SIZE + " ids are free in this user namespace, which has " + here.shown()
                        + ": give root some of them in /etc/subuid and /etc/subgid, or use --map self",
                List.of());
    }

    /** What to give a user who has none: from 100000 on, as useradd(8) does on a fresh host. */
    static IdRange forUser(HostTexts host) {
        IdRange free = forRoot(host);
        return free.first() == SIZE ? new IdRange(FIRST_OF_USERADD, SIZE) : free;
    }

    private static long lastSubordinate(@Nullable String text) {
        long last = 0;
        for (String line : Fields.lines(text == null ? "" : text)) {
            List<String> fields = Fields.cut(line.strip(), ':');
            if (fields.size() == 3) {
                long first = Digits.parse(fields.get(1));
                long count = Digits.parse(fields.get(2));
                if (first != Digits.NONE && count > 0 && first + count - 1 <= Extent.LAST_ID) {
                    last = Math.max(last, first + count - 1);
                }
            }
        }
        return last;
    }

    private static long lastAccount(@Nullable String text) {
        long last = 0;
        for (String line : Fields.lines(text == null ? "" : text)) {
            List<String> fields = Fields.cut(line, ':');
            if (fields.size() > 2) {
                last = Math.max(last, Digits.parse(fields.get(2)));
            }
        }
        return last;
    }
}
