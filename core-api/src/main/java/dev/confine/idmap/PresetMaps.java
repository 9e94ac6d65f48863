package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;

/** Makes the maps of a {@link MapPreset} for one caller. */
final class PresetMaps {
    private PresetMaps() {}

    static IdMaps of(MapPreset preset, HostTexts host, long uid, long gid) {
        if (preset == MapPreset.SELF) {
            return new IdMaps(IdMap.of(0, uid, 1), IdMap.of(0, gid, 1));
        }
        SubordinateIds ids = uid == 0 ? ofRoot(host) : ofUser(host, uid);
        if (preset == MapPreset.KEEP_ID) {
            return new IdMaps(around(uid, uid, ids.uids()), around(gid, gid, ids.gids()));
        }
        if (uid == 0) {
            return new IdMaps(laidOut(ids.uids()), laidOut(ids.gids()));
        }
        return new IdMaps(around(0, uid, ids.uids()), around(0, gid, ids.gids()));
    }

    private static SubordinateIds ofUser(HostTexts host, long uid) {
        SubordinateIds ids = SubordinateIds.of(host, uid);
        requireSome("uids", SubordinateIds.UID_FILE, ids.uids(), ids, host);
        requireSome("gids", SubordinateIds.GID_FILE, ids.gids(), ids, host);
        return ids;
    }

    private static void requireSome(
            String kind, String file, List<IdRange> ranges, SubordinateIds ids, HostTexts host) {
        if (!ranges.isEmpty()) {
            return;
        }
        IdRange free = FreeRange.forUser(host);
        String span = free.first() + "-" + free.last();
        StringBuilder message =
                new StringBuilder("no range of subordinate " + kind + " for \"" + ids.user() + "\" in " + file);
        for (String remark : ids.remarks()) {
            message.append(" (").append(remark).append(')');
        }
        message.append(": give one with `usermod --add-subuids ").append(span);
        message.append(" --add-subgids ").append(span).append(' ').append(ids.user());
        throw new IdMapException(message.append("`, or use --map self").toString(), List.of());
    }

    /** Root's own ranges, else those of {@code containers}, else ids that nobody uses, the same for users and groups. */
    private static SubordinateIds ofRoot(HostTexts host) {
        SubordinateIds own = SubordinateIds.of(host, "root", "0");
        if (!own.uids().isEmpty() && !own.gids().isEmpty()) {
            return own;
        }
        SubordinateIds containers = SubordinateIds.of(host, "containers", "containers");
        if (!containers.uids().isEmpty() && !containers.gids().isEmpty()) {
            return containers;
        }
        List<IdRange> free = List.of(FreeRange.forRootHere(host));
        return new SubordinateIds("root", free, free, List.of());
    }

    /** The ranges one after the other, from 0 on. */
    private static IdMap laidOut(List<IdRange> ranges) {
        List<Extent> lines = new ArrayList<>();
        long inside = 0;
        for (IdRange range : ranges) {
            lines.add(new Extent(inside, range.first(), range.size()));
            inside += range.size();
        }
        return new IdMap(lines);
    }

    /** {@code outside} as {@code inside}, and the ranges, without {@code outside}, one after the other in what is left from 0 on. */
    private static IdMap around(long inside, long outside, List<IdRange> ranges) {
        List<Extent> lines = new ArrayList<>();
        lines.add(new Extent(inside, outside, 1));
        long next = 0;
        for (IdRange range : SubordinateIds.without(ranges, new IdRange(outside, 1))) {
            long before = Math.max(0, Math.min(range.size(), inside - next));
            if (before > 0) {
                lines.add(new Extent(next, range.first(), before));
            }
            if (before < range.size()) {
                lines.add(new Extent(next + before + 1, range.first() + before, range.size() - before));
            }
            next += range.size();
        }
        return new IdMap(MapText.sorted(lines));
    }
}
