package dev.confine.backend.newuidmap;

import dev.confine.idmap.Extent;
import dev.confine.idmap.HostTexts;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.IdRange;
import dev.confine.idmap.MapFiles;
import dev.confine.idmap.SubordinateIds;
import dev.confine.spi.Caller;
import dev.confine.spi.IdMapper;
import dev.confine.spi.ProgramPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a map of the caller's own id alone directly, and every other through its helper, in any number of lines. setgroups(2) is denied only before a gid
 * map that is written directly without CAP_SETGID, because the kernel wants that; newgidmap decides for itself.
 */
final class HelperMapper implements IdMapper {
    private static final int CAP_SETGID = 6;

    private final MapFiles files;
    private final HostTexts host;
    private final @Nullable ProgramPath path;

    HelperMapper(MapFiles files, HostTexts host) {
        this(files, host, null);
    }

    /** @param path where helpers are; null for where the caller's are */
    HelperMapper(MapFiles files, HostTexts host, @Nullable ProgramPath path) {
        this.files = files;
        this.host = host;
        this.path = path;
    }

    @Override
    public void check(Caller caller, IdMaps maps) {
        IdMaps split = split(caller, maps);
        split.requireWritable();
        boolean uids = isOwnAlone(Kind.UID, split, caller);
        boolean gids = isOwnAlone(Kind.GID, split, caller);
        if (uids && gids) {
            return;
        }
        LoggerRequest.begin();
        SubordinateIds ids = SubordinateIds.of(host, caller.uid());
        if (!uids) {
            checkHelper(Kind.UID, maps, caller, ids);
        }
        if (!gids) {
            checkHelper(Kind.GID, maps, caller, ids);
        }
    }

    private void checkHelper(Kind kind, IdMaps maps, Caller caller, SubordinateIds ids) {
        if (path(caller).find(kind.helper) == null) {
            throw HelperFailure.missing(kind.helper);
        }
        if (Privileges.noNew(host)) {
            throw HelperFailure.noNewPrivileges(kind.helper);
        }
        for (Extent line : kind.of(maps).extents()) {
            List<IdRange> foreign = foreign(kind, line, caller, ids);
            if (!foreign.isEmpty()) {
                throw notOwned(kind, line, foreign, caller, ids);
            }
        }
    }

    /** The ids outside of {@code line} that are neither the caller's own id nor in a range of the caller's. */
    private static List<IdRange> foreign(Kind kind, Extent line, Caller caller, SubordinateIds ids) {
        List<IdRange> foreign = new ArrayList<>();
        IdMap cut = new IdMap(List.of(line)).splitAt(around(kind.own(caller)));
        for (Extent piece : cut.extents()) {
            if (piece.outside() != kind.own(caller)) {
                foreign.addAll(kind.foreign(ids, new IdRange(piece.outside(), piece.size())));
            }
        }
        return foreign;
    }

    private static HelperFailure notOwned(
            Kind kind, Extent line, List<IdRange> foreign, Caller caller, SubordinateIds ids) {
        StringBuilder message =
                new StringBuilder(kind.word).append(" map: the line \"").append(line);
        message.append("\" has ids outside that \"").append(ids.user()).append("\" may not give: ");
        message.append(listed(foreign)).append(". Theirs are id ").append(kind.own(caller));
        if (kind.ranges(ids).isEmpty()) {
            message.append(" and none in ").append(kind.file);
        } else {
            message.append(", and in ").append(kind.file).append(' ').append(listed(kind.ranges(ids)));
        }
        for (String remark : ids.remarks()) {
            message.append(" (").append(remark).append(')');
        }
        message.append(kind.ranges(ids).isEmpty() ? ": use --map self" : ": use those, for example with --map auto");
        message.append(", or have root add ids to ").append(kind.file);
        return new HelperFailure(kind.helper, HelperFailure.Cause.RANGE_NOT_OWNED, message.toString());
    }

    private static String listed(List<IdRange> ranges) {
        StringBuilder listed = new StringBuilder();
        for (IdRange range : ranges) {
            listed.append(listed.length() == 0 ? "" : ", ").append(range);
        }
        return listed.toString();
    }

    @Override
    public void write(Caller caller, long pid, IdMaps maps) {
        IdMaps split = split(caller, maps);
        if (isOwnAlone(Kind.UID, split, caller)) {
            files.writeUids(pid, split.uids());
            writeGids(caller, pid, split);
            return;
        }
        String program = helper(Kind.UID, caller);
        HelperTask uids = HelperTask.begin(Kind.UID, program, arguments(Kind.UID, pid, split));
        try {
            writeGids(caller, pid, split);
        } finally {
            judge(Kind.UID, program, uids.result());
        }
    }

    private void writeGids(Caller caller, long pid, IdMaps split) {
        if (!isOwnAlone(Kind.GID, split, caller)) {
            String program = helper(Kind.GID, caller);
            judge(Kind.GID, program, HelperRun.of(Kind.GID.helper, program, arguments(Kind.GID, pid, split)));
            return;
        }
        if ((caller.capabilities() >>> CAP_SETGID & 1) == 0) {
            files.denySetgroups(pid);
        }
        files.writeGids(pid, split.gids());
    }

    private String helper(Kind kind, Caller caller) {
        String program = path(caller).find(kind.helper);
        if (program == null) {
            throw HelperFailure.missing(kind.helper);
        }
        return program;
    }

    private static List<String> arguments(Kind kind, long pid, IdMaps maps) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(pid));
        for (Extent line : kind.of(maps).extents()) {
            arguments.add(Long.toString(line.inside()));
            arguments.add(Long.toString(line.outside()));
            arguments.add(Long.toString(line.size()));
        }
        return arguments;
    }

    private void judge(Kind kind, String program, HelperRun run) {
        if (run.exit() != 0) {
            throw new Diagnosis(host).of(kind, program, run);
        }
    }

    private ProgramPath path(Caller caller) {
        return path == null ? ProgramPath.of(caller) : path;
    }

    /** Cut at the borders of the caller's user namespace, and around the caller's own id, which helpers grant only in a line of its own. */
    private IdMaps split(Caller caller, IdMaps maps) {
        IdMaps split = maps.splitAt(files.own());
        return new IdMaps(
                split.uids().splitAt(around(caller.uid())), split.gids().splitAt(around(caller.gid())));
    }

    private static IdMap around(long id) {
        long own = Math.min(id, Extent.LAST_ID);
        List<Extent> lines = new ArrayList<>();
        if (own > 0) {
            lines.add(new Extent(0, 0, own));
        }
        lines.add(new Extent(own, own, 1));
        if (own < Extent.LAST_ID) {
            lines.add(new Extent(own + 1, own + 1, Extent.LAST_ID - own));
        }
        return new IdMap(lines);
    }

    private static boolean isOwnAlone(Kind kind, IdMaps maps, Caller caller) {
        List<Extent> lines = kind.of(maps).extents();
        return lines.size() == 1 && lines.get(0).size() == 1 && lines.get(0).outside() == kind.own(caller);
    }
}
