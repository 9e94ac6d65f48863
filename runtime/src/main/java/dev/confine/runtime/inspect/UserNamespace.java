package dev.confine.runtime.inspect;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMapException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user namespace, seen from ours.
 *
 * @param id which
 * @param member a process in it whose files show its maps; 0 when none is known, and for ours
 * @param ours whether it is the one that we are in
 * @param uids from its ids to ours; null when no map was written, or no process in it shows one
 * @param gids the same of groups
 * @param ownerUid who made it, in our ids; -1 when it is not told
 */
public record UserNamespace(
        NamespaceId id,
        long member,
        boolean ours,
        @Nullable IdMap uids,
        @Nullable IdMap gids,
        long ownerUid) {
    /** What a namespace is to itself. */
    public static final IdMap IDENTITY = IdMap.of(0, 0, Extent.LAST_ID + 1);

    /** Its uid or gid map, to ours. */
    public @Nullable IdMap map(boolean groups) {
        return groups ? gids : uids;
    }

    /**
     * The map from one namespace to one above it, when both are known to ours; null when they share no id.
     *
     * @param inner from the ids of the lower one to ours
     * @param outer from the ids of the upper one to ours
     */
    public static @Nullable IdMap between(IdMap inner, IdMap outer) {
        List<Extent> swapped = new ArrayList<>();
        for (Extent extent : outer.extents()) {
            swapped.add(new Extent(/* inside= */ extent.outside(), /* outside= */ extent.inside(), extent.size()));
        }
        try {
            return inner.compose(IdMap.of(swapped));
        } catch (IdMapException noneShared) {
            return null;
        }
    }

    /**
     * Reads a map as /proc shows it to somebody above. Lines whose ids the reader does not have are left out: the kernel writes 4294967295 for them.
     *
     * @return null for one that is not written yet, or has no id that we have
     */
    public static @Nullable IdMap parse(String text) {
        List<Extent> extents = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split(" +");
            if (words.length == 3 && !words[1].equals("4294967295")) {
                extents.add(Extent.parse(words[0] + ":" + words[1] + ":" + words[2]));
            }
        }
        return extents.isEmpty() ? null : IdMap.of(extents);
    }
}
