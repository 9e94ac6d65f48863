package dev.confine.idmap;

import java.util.List;
import java.util.OptionalLong;

/** The uid or gid map of a user namespace: extents that do not overlap on either side, at most 340. A value that cannot be wrong. */
public record IdMap(List<Extent> extents) {
    public IdMap {
        extents = List.copyOf(extents);
    }

    /** The id outside that {@code inside} is. */
    public OptionalLong toOutside(long inside) {
        for (Extent extent : extents) {
            if (inside >= extent.inside() && inside - extent.inside() < extent.size()) {
                return OptionalLong.of(extent.outside() + inside - extent.inside());
            }
        }
        return OptionalLong.empty();
    }
}
