package dev.confine.runtime.config;

import dev.confine.ConfineException;
import dev.confine.runtime.json.JsonScanner;
import dev.confine.runtime.json.JsonSyntaxException;
import dev.confine.runtime.json.Place;
import dev.confine.runtime.json.Token;
import dev.confine.validate.Violation;
import java.util.HashMap;
import java.util.Map;

/**
 * Where in config.json each value stands, by JSON pointer. It is made only when a line has to be named, by reading the file once more; when
 * the file cannot be read, nothing has a place.
 */
public final class Positions {
    private final Map<String, Place> places = new HashMap<>();

    private Positions() {}

    /** Of {@code file}. Never throws. */
    public static Positions of(String file) {
        Positions positions = new Positions();
        try {
            positions.collect(Json.scanner(ConfigFile.decode(file, ConfigFile.content(file))));
        } catch (JsonSyntaxException | ConfineException e) {
            return new Positions();
        }
        return positions;
    }

    private void collect(JsonScanner scanner) {
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            if (token != Token.NAME && token != Token.OBJECT_END && token != Token.LIST_END) {
                places.put(scanner.pointer(), scanner.place());
            }
        }
    }

    /** The line of the value at {@code pointer}, from 1; of the nearest value around it where it is not in the file; 0 when not known. */
    public int line(String pointer) {
        return place(pointer).line();
    }

    Problem locate(Violation violation) {
        return new Problem(place(violation.pointer()), violation);
    }

    private Place place(String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty() && !places.containsKey(nearest)) {
            nearest = nearest.substring(0, Math.max(0, nearest.lastIndexOf('/')));
        }
        return places.getOrDefault(nearest, Place.UNKNOWN);
    }
}
