package dev.confine.cli.identity;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive ids that are consecutive on every level of a chain.
 *
 * @param firsts the first of them on each level, in the order of the levels; -1 where it is not known
 * @param size how many
 */
record IdPiece(List<Long> firsts, long size) {
    IdPiece {
        firsts = List.copyOf(firsts);
    }

    long inside() {
        return firsts.get(0);
    }

    long host() {
        return firsts.get(firsts.size() - 1);
    }

    IdRange hostRange() {
        return new IdRange(host(), size);
    }

    /** The pieces of the innermost map, by the ids inside. The caller's level has to be the last. */
    static List<IdPiece> of(IdChain chain, Kind kind) {
        IdMap map = chain.inner().map(kind);
        List<IdPiece> pieces = new ArrayList<>();
        if (map != null) {
            for (Extent line : map.normalized().extents()) {
                cut(line, chain, kind, pieces);
            }
        }
        return pieces;
    }

    /** What of 0 to the last id lies in none of {@code pieces}. */
    static List<IdRange> holes(List<IdPiece> pieces) {
        List<IdRange> holes = new ArrayList<>();
        long next = 0;
        for (IdPiece piece : pieces) {
            if (piece.inside() > next) {
                holes.add(new IdRange(next, piece.inside() - next));
            }
            next = piece.inside() + piece.size();
        }
        if (next <= Extent.LAST_ID) {
            holes.add(new IdRange(next, Extent.LAST_ID - next + 1));
        }
        return holes;
    }

    private static void cut(Extent line, IdChain chain, Kind kind, List<IdPiece> pieces) {
        long done = 0;
        while (done < line.size()) {
            long host = line.outside() + done;
            long size = line.size() - done;
            List<Long> firsts = new ArrayList<>();
            for (IdLevel level : chain.levels()) {
                firsts.add(level.inside(kind, host).orElse(-1));
                size = Math.min(size, until(level.map(kind), host));
            }
            firsts.set(0, line.inside() + done);
            firsts.set(firsts.size() - 1, host);
            pieces.add(new IdPiece(firsts, size));
            done += size;
        }
    }

    /** How many ids from {@code host} on are in one line of {@code map}, or in none. */
    private static long until(@Nullable IdMap map, long host) {
        long until = Long.MAX_VALUE;
        if (map != null) {
            for (Extent line : map.normalized().extents()) {
                if (line.outside() > host) {
                    until = Math.min(until, line.outside() - host);
                } else if (line.lastOutside() >= host) {
                    until = Math.min(until, line.lastOutside() - host + 1);
                }
            }
        }
        return until;
    }
}
