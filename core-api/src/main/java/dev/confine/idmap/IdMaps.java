package dev.confine.idmap;

/**
 * The two maps of a user namespace.
 *
 * @param uids of users
 * @param gids of groups
 */
public record IdMaps(IdMap uids, IdMap gids) {
    /** {@link IdMap#sameMeaning} of both. */
    public boolean sameMeaning(IdMaps other) {
        return uids.sameMeaning(other.uids) && gids.sameMeaning(other.gids);
    }

    /** {@link IdMap#splitAt} of both; the error says which of the two. */
    public IdMaps splitAt(IdMaps parent) {
        return new IdMaps(split("uid", uids, parent.uids), split("gid", gids, parent.gids));
    }

    /**
     * Refuses what is too long for the kernel, see {@link IdMap#lines}.
     *
     * @throws IdMapException saying which of the two
     */
    public void requireWritable() {
        requireWritable("uid", uids);
        requireWritable("gid", gids);
    }

    private static void requireWritable(String kind, IdMap map) {
        try {
            map.lines();
        } catch (IdMapException e) {
            throw new IdMapException(kind + " map: " + e.getMessage(), e.extents());
        }
    }

    private static IdMap split(String kind, IdMap map, IdMap parent) {
        try {
            return map.splitAt(parent);
        } catch (IdMapException e) {
            throw new IdMapException(kind + " map: " + e.getMessage(), e.extents());
        }
    }
}
