package dev.confine.runtime.config;

import dev.confine.Quoted;
import dev.confine.runtime.json.JsonScanner;
import dev.confine.runtime.json.JsonSyntaxException;
import dev.confine.runtime.json.Place;
import dev.confine.runtime.json.Token;
import dev.confine.validate.Violation;
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

    private final String file;
    private final JsonScanner scanner;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Scope scope;
    /** The object that was read last, or null when it was no object. */
    private @Nullable Scope closed;

    Json(String file, CharBuffer text) {
        this.file = file;
        this.scanner = scanner(text);
    }

    static JsonScanner scanner(CharBuffer text) {
        return new JsonScanner(text.array(), text.length(), DEEPEST);
    }

    /** An object that is being read. */
    private static final class Scope {
        private final @Nullable Scope outer;
        private final Place start;
        private final Set<String> names = new HashSet<>();

        Scope(@Nullable Scope outer, Place start) {
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
        advance();
        if (!problems.isEmpty()) {
            throw ConfigException.problems(file, problems);
        }
    }

    /** Enters the object at the cursor and goes to its first property; null when it has none, or is no object, which is a problem then. */
    @Nullable
    String first() {
        if (scanner.token() != Token.OBJECT) {
            wrong("an object");
            closed = null;
            return null;
        }
        scope = new Scope(scope, scanner.place());
        return next();
    }

    /** The name of the next property, whose value is then at the cursor; null after the last, and the object is left. */
    @Nullable
    String next() {
        Scope current = scope;
        while (current != null && advance() != Token.OBJECT_END) {
            String name = scanner.text();
            if (!current.names.add(name)) {
                problem("is there more than once: keep one of them");
            }
            if (advance() != Token.NULL) {
                return name;
            }
        }
        closed = current;
        scope = current == null ? null : current.outer;
        return null;
    }

    /** Whether a list is at the cursor. */
    boolean atList() {
        return scanner.token() == Token.LIST;
    }

    /** Enters the list at the cursor; false when it is none, which is a problem. */
    boolean list() {
        if (scanner.token() == Token.LIST) {
            return true;
        }
        wrong("a list");
        return false;
    }

    /** Goes to the next element of the list; false after the last. */
    boolean item() {
        return advance() != Token.LIST_END;
    }

    Token token() {
        Token token = scanner.token();
        if (token == null) {
            throw new IllegalStateException("the cursor is at no value");
        }
        return token;
    }

    /** The text of the value at the cursor, as it is written for a number. */
    String raw() {
        return scanner.text();
    }

    /** The value of a required property of the object that was just left, {@code absent} when it had none, which is a problem. */
    <T> T required(String name, @Nullable T value, T absent) {
        if (value != null) {
            return value;
        }
        if (closed != null) {
            String pointer = scanner.pointer() + "/" + name;
            problems.add(new Problem(closed.start, new Violation(pointer, "is missing and is required")));
        }
        return absent;
    }

    /** Skips the value at the cursor; what is inside must still be good JSON without repeated names. */
    void skip() {
        if (scanner.token() == Token.OBJECT) {
            for (String name = first(); name != null; name = next()) {
                skip();
            }
        } else if (scanner.token() == Token.LIST) {
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
        problem(scanner.pointer(), message);
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(scanner.place(), new Violation(pointer, message)));
    }

    private String found() {
        return switch (token()) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case TEXT -> Quoted.text(raw());
            default -> Quoted.path(raw());
        };
    }

    private @Nullable Token advance() {
        try {
            return scanner.next();
        } catch (JsonSyntaxException e) {
            problems.add(new Problem(e.place(), new Violation(scanner.pointer(), e.reason())));
            throw ConfigException.problems(file, problems);
        }
    }
}
