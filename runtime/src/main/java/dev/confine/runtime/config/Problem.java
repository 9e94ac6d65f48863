package dev.confine.runtime.config;

import dev.confine.runtime.json.Place;
import dev.confine.validate.Violation;

/** A violation and its place in the file. */
record Problem(Place place, Violation violation) {
    /** As a user reads it: {@code FILE:LINE:COLUMN: POINTER: what is wrong}. */
    String in(String file) {
        String where = place.line() == 0 ? file : file + ":" + place.line() + ":" + place.column();
        return where + ": " + violation;
    }
}
