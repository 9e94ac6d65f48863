package dev.confine.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.confine.validate.Quoted;
import dev.confine.validate.Violation;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the tokens of config.json. It collects what is wrong, each with its place, and goes on with an empty value, so that
 * one reading finds all; only a syntax error ends it at once. A property whose value is {@code null} is as if it were not there.
 */
final class Json {
    private static final int DEEPEST = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final String file;
    private final JsonParser parser;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Scope scope;
    /** The object that was read last, or null when it was no object. */
    private @Nullable Scope closed;

    Json(String file, CharBuffer text) throws IOException {
        this.file = file;
        this.parser = parser(text);
    }

    static JsonParser parser(CharBuffer text) throws IOException {
        return FACTORY.createParser(text.array(), text.arrayOffset(), text.length());
    }

    /** An object that is being read. */
    private static final class Scope {
        private final @Nullable Scope outer;
        private final Problem.Place start;
        private final Set<String> names = new HashSet<>();

        Scope(@Nullable Scope outer, Problem.Place start) {
            this.outer = outer;
            this.start = start;
        }
    }

    /** Goes to the file's only value; false when the file is empty. */
    boolean start() {
        return advance() != null;
    }

    /**
     * Nothing may follow the value that was read.
     *
     * @throws ConfigException with everything that was wrong
     */
    void finish() {
        if (advance() != null) {
            problem("", "there is something after the end of the configuration: remove it");
        }
        if (!problems.isEmpty()) {
            throw ConfigException.problems(file, problems);
        }
    }

    /** Enters the object at the cursor and goes to its first property; null when it has none, or is no object, which is a problem then. */
    @Nullable
    String first() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            wrong("an object");
            closed = null;
            return null;
        }
        scope = new Scope(scope, place());
        return next();
    }

    /** The name of the next property, whose value is then at the cursor; null after the last, and the object is left. */
    @Nullable
    String next() {
        Scope current = scope;
        while (current != null && advance() != JsonToken.END_OBJECT) {
            String name = name();
            if (!current.names.add(name)) {
                problem("is there more than once: keep one of them");
            }
            if (advance() != JsonToken.VALUE_NULL) {
                return name;
            }
        }
        closed = current;
        scope = current == null ? null : current.outer;
        return null;
    }

    /** Enters the list at the cursor; false when it is none, which is a problem. */
    boolean list() {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return true;
        }
        wrong("a list");
        return false;
    }

    /** Goes to the next element of the list; false after the last. */
    boolean item() {
        return advance() != JsonToken.END_ARRAY;
    }

    JsonToken token() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalStateException("the cursor is at no value");
        }
        return token;
    }

    /** The text of the value at the cursor, as it is written for a number. */
    String raw() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    /** The value of a required property of the object that was just left, {@code absent} when it had none, which is a problem. */
    <T> T required(String name, @Nullable T value, T absent) {
        if (value != null) {
            return value;
        }
        if (closed != null) {
            String pointer = parser.getParsingContext().pathAsPointer() + "/" + name;
            problems.add(new Problem(closed.start, new Violation(pointer, "is missing and is required")));
        }
        return absent;
    }

    /** Skips the value at the cursor; what is inside must still be good JSON without repeated names. */
    void skip() {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = first(); name != null; name = next()) {
                skip();
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (item()) {
                skip();
            }
        }
    }

    /** Reports that the value at the cursor is not {@code expected}, and skips it. */
    void wrong(String expected) {
        problem("must be " + expected + ", not " + found());
        skip();
    }

    /** Reports something about the value at the cursor. */
    void problem(String message) {
        problem(parser.getParsingContext().pathAsPointer().toString(), message);
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(place(), new Violation(pointer, message)));
    }

    private Problem.Place place() {
        return place(parser.currentTokenLocation());
    }

    private static Problem.Place place(JsonLocation at) {
        return new Problem.Place(at.getLineNr(), at.getColumnNr());
    }

    private String found() {
        return switch (token()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> Quoted.text(raw());
            default -> Quoted.path(raw());
        };
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    private @Nullable JsonToken advance() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    /** What was found so far, and the error that ends the reading. */
    private ConfigException syntax(IOException e) {
        Problem.Place at = e instanceof JsonProcessingException json && json.getLocation() != null
                ? place(json.getLocation())
                : place(parser.currentLocation());
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        problems.add(new Problem(at, new Violation(pointer, SyntaxError.message(e, DEEPEST))));
        return ConfigException.problems(file, problems);
    }
}
