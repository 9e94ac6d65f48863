package dev.confine.cli.identity;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.idmap.IdRange;
import java.util.List;

/**
 * The whole map of one kind of ids.
 *
 * @param kind of ids
 * @param pieces by the ids inside
 * @param holes ids inside that are not mapped
 * @param neighbours who else has the host ids
 */
record IdOverview(Kind kind, List<IdPiece> pieces, List<IdRange> holes, IdNeighbours neighbours) {
    IdOverview {
        pieces = List.copyOf(pieces);
        holes = List.copyOf(holes);
    }

    static IdOverview of(IdChain chain, Kind kind, Observation observation) {
        List<IdPiece> pieces = IdPiece.of(chain, kind);
        return new IdOverview(kind, pieces, IdPiece.holes(pieces), IdNeighbours.of(chain, kind, pieces, observation));
    }

    /** How many ids are mapped. */
    long size() {
        long size = 0;
        for (IdPiece piece : pieces) {
            size += piece.size();
        }
        return size;
    }
}
