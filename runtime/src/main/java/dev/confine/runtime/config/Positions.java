package dev.confine.runtime.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.confine.ConfineException;
import dev.confine.validate.Violation;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Where in config.json each value stands, by JSON pointer. It is made only when a line has to be named, by reading the file once more; when
 * the file cannot be read, nothing has a place.
 */
public final class Positions {
    private final Map<String, Problem.Place> places = new HashMap<>();

    private Positions() {}

    /** Of {@code file}. Never throws. */
    public static Positions of(String file) {
        Positions positions = new Positions();
        try (JsonParser parser = Json.parser(ConfigFile.text(file))) {
            positions.collect(parser);
        } catch (IOException | ConfineException e) {
            return new Positions();
        }
        return positions;
    }

    private void collect(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.FIELD_NAME && !token.isStructEnd()) {
                JsonLocation at = parser.currentTokenLocation();
                places.put(
                        parser.getParsingContext().pathAsPointer().toString(),
                        new Problem.Place(at.getLineNr(), at.getColumnNr()));
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

    private Problem.Place place(String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty() && !places.containsKey(nearest)) {
            nearest = nearest.substring(0, Math.max(0, nearest.lastIndexOf('/')));
        }
        return places.getOrDefault(nearest, Problem.Place.UNKNOWN);
    }
}
