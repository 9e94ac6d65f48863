package dev.confine.backend.newuidmap;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.IdRange;
import dev.confine.idmap.SubordinateIds;
import dev.confine.spi.Caller;
import java.util.List;

/** What differs between users and groups. */
enum Kind {
    UID("uid", "newuidmap", "/etc/subuid") {
        @Override
        IdMap of(IdMaps maps) {
            return maps.uids();
        }

        @Override
        long own(Caller caller) {
            return caller.uid();
        }

        @Override
        List<IdRange> ranges(SubordinateIds ids) {
            return ids.uids();
        }

        @Override
        List<IdRange> foreign(SubordinateIds ids, IdRange range) {
            return ids.foreignUids(range);
        }
    },
    GID("gid", "newgidmap", "/etc/subgid") {
        @Override
        IdMap of(IdMaps maps) {
            return maps.gids();
        }

        @Override
        long own(Caller caller) {
            return caller.gid();
        }

        @Override
        List<IdRange> ranges(SubordinateIds ids) {
            return ids.gids();
        }

        @Override
        List<IdRange> foreign(SubordinateIds ids, IdRange range) {
            return ids.foreignGids(range);
        }
    };

    final String word;
    final String helper;
    final String file;

    Kind(String word, String helper, String file) {
        this.word = word;
        this.helper = helper;
        this.file = file;
    }

    abstract IdMap of(IdMaps maps);

    /** The caller's own effective id. */
    abstract long own(Caller caller);

    abstract List<IdRange> ranges(SubordinateIds ids);

    /** What of {@code range} is not the user's to give. */
    abstract List<IdRange> foreign(SubordinateIds ids, IdRange range);
}
