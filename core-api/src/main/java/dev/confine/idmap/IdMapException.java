package dev.confine.idmap;

import dev.confine.ConfineException;
import java.util.List;

/** A map, or a line of one, that cannot be. */
public final class IdMapException extends ConfineException {
    private static final long serialVersionUID = 1;

    private final transient List<Extent> extents;

    public IdMapException(String message, List<Extent> extents) {
        super(message);
        this.extents = List.copyOf(extents);
    }

    /** The lines that are at fault: both of two that overlap, one that is not mapped, none where the text was no map. */
    public List<Extent> extents() {
        return extents;
    }
}
