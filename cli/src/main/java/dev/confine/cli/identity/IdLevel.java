package dev.confine.cli.identity;

import dev.confine.idmap.IdMap;
import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.NamespaceId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A user namespace on the way from a process to the caller.
 *
 * @param id which; null for that of a bundle, which is none yet
 * @param ours whether it is the caller's
 * @param member a process in it, 0 when none is known
 * @param uids from its ids to the caller's; null when there is none, or nobody in it shows it
 * @param gids the same of groups
 * @param users names inside
 * @param groups names of groups inside
 */
record IdLevel(
        @Nullable NamespaceId id,
        boolean ours,
        long member,
        @Nullable IdMap uids,
        @Nullable IdMap gids,
        AccountNames users,
        AccountNames groups) {

    @Nullable
    IdMap map(Kind kind) {
        return kind == Kind.UID ? uids : gids;
    }

    AccountNames names(Kind kind) {
        return kind == Kind.UID ? users : groups;
    }

    /** What one of the caller's ids is here. */
    OptionalLong inside(Kind kind, long host) {
        IdMap map = map(kind);
        return map == null ? OptionalLong.empty() : map.toInside(host);
    }

    /** What one of the ids here is to the caller. */
    OptionalLong outside(Kind kind, long inside) {
        IdMap map = map(kind);
        return map == null ? OptionalLong.empty() : map.toOutside(inside);
    }

    /** For a heading. */
    String title() {
        if (ours) {
            return "HOST";
        }
        return id == null ? "INSIDE" : id.toString();
    }

    /** Users or groups. */
    enum Kind {
        UID("uid"),
        GID("gid");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
