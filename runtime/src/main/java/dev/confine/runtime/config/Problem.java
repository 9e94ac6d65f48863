package dev.confine.runtime.config;

import dev.confine.validate.Violation;

/** A violation and its place in the file. */
record Problem(Place place, Violation violation) {
    /**
     * A place in a file.
     *
     * @param line from 1, 0 when not known
     * @param column from 1, in characters
     */
    record Place(int line, int column) {
        static final Place UNKNOWN = new Place(0, 0);

        String in(String file) {
            return line == 0 ? file : file + ":" + line + ":" + column;
        }
    }

    String in(String file) {
        return place.in(file) + ": " + violation;
    }
}
