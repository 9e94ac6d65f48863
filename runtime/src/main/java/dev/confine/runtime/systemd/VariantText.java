package dev.confine.runtime.systemd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as GVariant writes it: {@code true}, {@code 7}, {@code uint64 7}, {@code @t 7}, {@code 1.5}, {@code 'text'}, {@code ['a', 'b']}, {@code @as []}. It knows no
 * dictionaries, tuples, maybes and byte strings. A number without a type is an int32.
 */
final class VariantText {
    private static final String INTEGERS = "ynqiuxt";

    private final String text;
    private int at;

    private VariantText(String text) {
        this.text = text;
    }

    /** A value and its type. */
    record Typed(String signature, Object value) {}

    /** @throws IllegalArgumentException with what is wrong */
    static Typed parse(String text) {
        VariantText reader = new VariantText(text);
        Typed value = reader.value(null);
        reader.blanks();
        if (reader.at < text.length()) {
            throw new IllegalArgumentException("has something after its value: \"" + text.substring(reader.at) + "\"");
        }
        return value;
    }

    private Typed value(@Nullable String wanted) {
        blanks();
        if (at >= text.length()) {
            throw new IllegalArgumentException("ends where a value is expected");
        }
        char c = text.charAt(at);
        if (c == '@') {
            at++;
            return value(word());
        }
        if (c == '[') {
            return array(wanted);
        }
        if (c == '\'' || c == '"') {
            return new Typed(fitting(wanted, "s", "sog"), quoted(c));
        }
        String word = word();
        String named = word.isEmpty() ? "" : type(word);
        if (!named.isEmpty()) {
            return value(named);
        }
        if (word.equals("true") || word.equals("false")) {
            return new Typed(fitting(wanted, "b", "b"), word.equals("true"));
        }
        return number(word, wanted);
    }

    private static String type(String word) {
        return switch (word) {
            case "boolean" -> "b";
            case "byte" -> "y";
            case "int16" -> "n";
            case "uint16" -> "q";
            case "int32" -> "i";
            case "uint32" -> "u";
            case "int64" -> "x";
            case "uint64" -> "t";
            case "double" -> "d";
            case "string" -> "s";
            case "objectpath" -> "o";
            case "signature" -> "g";
            default -> "";
        };
    }

    private static String fitting(@Nullable String wanted, String own, String allowed) {
        if (wanted == null) {
            return own;
        }
        if (wanted.length() != 1 || allowed.indexOf(wanted.charAt(0)) < 0) {
            throw new IllegalArgumentException("has a value that is not of its type, " + wanted);
        }
        return wanted;
    }

    private Typed array(@Nullable String wanted) {
        if (wanted != null && !wanted.startsWith("a")) {
            throw new IllegalArgumentException("has an array that is not of its type, " + wanted);
        }
        String element = wanted == null ? null : wanted.substring(1);
        List<Object> values = new ArrayList<>();
        at++;
        blanks();
        while (at < text.length() && text.charAt(at) != ']') {
            Typed value = value(element);
            if (element != null && !element.equals(value.signature())) {
                throw new IllegalArgumentException(
                        "has an array of different types, " + element + " and " + value.signature());
            }
            element = value.signature();
            values.add(value.value());
            blanks();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                blanks();
            } else if (at < text.length() && text.charAt(at) != ']') {
                throw new IllegalArgumentException("has an array without a comma at \"" + text.substring(at) + "\"");
            }
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("has an array without its end");
        }
        at++;
        if (element == null) {
            throw new IllegalArgumentException("has an empty array without a type: write @as [] for one of texts");
        }
        return new Typed("a" + element, values);
    }

    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = switch (text.charAt(at)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case '\\', '\'', '"' -> text.charAt(at);
                    default ->
                        throw new IllegalArgumentException("has an escape that is unknown, \\" + text.charAt(at));
                };
            }
            value.append(c);
        }
        throw new IllegalArgumentException("has a text without its end");
    }

    private Typed number(String word, @Nullable String wanted) {
        try {
            if (wanted != null ? wanted.equals("d") : word.indexOf('.') >= 0) {
                return new Typed("d", Double.parseDouble(word));
            }
            String signature = fitting(wanted, "i", INTEGERS);
            long value =
                    signature.equals("t") && !word.startsWith("0x") ? Long.parseUnsignedLong(word) : Long.decode(word);
            if (!holds(signature, value)) {
                throw new IllegalArgumentException(
                        "has a number that its type, " + signature + ", does not hold: " + word);
            }
            return new Typed(signature, value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("has no value at \"" + word + "\": a text stands in quotes", e);
        }
    }

    private static boolean holds(String signature, long value) {
        return switch (signature.charAt(0)) {
            case 'y' -> value >= 0 && value <= 0xff;
            case 'n' -> value == (short) value;
            case 'q' -> value >= 0 && value <= 0xffff;
            case 'i' -> value == (int) value;
            case 'u' -> value >= 0 && value <= 0xffffffffL;
            default -> true;
        };
    }

    private String word() {
        int from = at;
        while (at < text.length() && " \t,]".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
