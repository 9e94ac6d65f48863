package dev.confine.idmap;

import java.util.List;

/**
 * Consecutive ids of one side.
 *
 * @param first 0 to {@link Extent#LAST_ID}
 * @param size how many, at least 1
 */
public record IdRange(long first, long size) {
    /** @throws IdMapException when it is empty or goes beyond the last id */
    public IdRange {
        if (first < 0 || first > Extent.LAST_ID || size < 1 || size - 1 > Extent.LAST_ID - first) {
            throw new IdMapException("no range of ids: " + size + " from " + first + " on", List.of());
        }
    }

    /** The last id of it. */
    public long last() {
        return first + size - 1;
    }

    public boolean contains(long id) {
        return id >= first && id <= last();
    }

    /** In words: {@code id 5} or {@code ids 5 to 9}. */
    @Override
    public String toString() {
        return size == 1 ? "id " + first : "ids " + first + " to " + last();
    }
}
