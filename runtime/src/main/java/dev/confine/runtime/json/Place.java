package dev.confine.runtime.json;

/**
 * A place in a file.
 *
 * @param line from 1, 0 when not known
 * @param column from 1, in UTF-16 characters
 */
public record Place(int line, int column) {
    public static final Place UNKNOWN = new Place(0, 0);
}
