package dev.confine.runtime.access;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to ask as, in ids inside, as {@code exec} would make them: what is not said is that of the process.
 *
 * @param uid or -1
 * @param gid or -1
 * @param groups or null
 * @param capabilities effective ones; null leaves them where the user is left too, and else means what execve(2) would give: for root all that may be had, for
 *     others none
 */
public record Impersonation(
        long uid,
        long gid,
        @Nullable List<Long> groups,
        @Nullable Long capabilities) {
    /** The process as it is. */
    public static final Impersonation NONE = new Impersonation(-1, -1, null, null);

    /** @throws ConfineException for an id that is not mapped */
    public Credentials of(Credentials process, long bounding) {
        IdMaps maps = process.maps();
        IdMap users = maps == null ? null : maps.uids();
        IdMap groupMap = maps == null ? null : maps.gids();
        long mask = process.capabilities();
        if (capabilities != null) {
            mask = capabilities;
        } else if (uid != -1) {
            mask = uid == 0 ? bounding : 0;
        }
        return new Credentials(
                uid == -1 ? process.uid() : outside("uid", uid, users),
                gid == -1 ? process.gid() : outside("gid", gid, groupMap),
                groups == null ? process.groups() : outside(groups, groupMap),
                mask,
                maps);
    }

    private static List<Long> outside(List<Long> groups, @Nullable IdMap map) {
        List<Long> outside = new ArrayList<>();
        for (long group : groups) {
            outside.add(outside("gid", group, map));
        }
        return outside;
    }

    private static long outside(String kind, long id, @Nullable IdMap map) {
        if (map == null) {
            return id;
        }
        OptionalLong outside = map.toOutside(id);
        if (outside.isEmpty()) {
            throw new ConfineException(
                    kind + " " + id + " is not mapped in the user namespace, which has " + map.shown());
        }
        return outside.getAsLong();
    }
}
