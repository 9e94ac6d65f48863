package dev.confine.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as runc prints it: two spaces of indentation, or all on one line. It exists because what a cold command writes must not load a JSON library.
 * It checks nothing: the caller nests and names.
 */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final boolean indented;
    private int depth;
    private boolean first = true;

    public JsonText() {
        this(true);
    }

    private JsonText(boolean indented) {
        this.indented = indented;
    }

    /** Without blanks and line feeds. */
    public static JsonText onOneLine() {
        return new JsonText(false);
    }

    public JsonText open(char bracket) {
        text.append(bracket);
        depth++;
        first = true;
        return this;
    }

    public JsonText close(char bracket) {
        depth--;
        if (!first) {
            line();
        }
        text.append(bracket);
        first = false;
        return this;
    }

    /** Starts the next element of an array. */
    public JsonText element() {
        if (!first) {
            text.append(',');
        }
        first = false;
        line();
        return this;
    }

    /** Starts the next member of an object. */
    public JsonText name(String name) {
        element();
        quote(name);
        text.append(indented ? ": " : ":");
        return this;
    }

    public JsonText number(long value) {
        text.append(value);
        return this;
    }

    /** The 64 bits as a number without a sign. */
    public JsonText unsigned(long value) {
        text.append(Long.toUnsignedString(value));
        return this;
    }

    /** A share, without a fraction where it has none. */
    public JsonText number(double value) {
        if (value == Math.rint(value)) {
            return number((long) value);
        }
        text.append(value);
        return this;
    }

    public JsonText nothing() {
        text.append("null");
        return this;
    }

    public JsonText flag(boolean value) {
        text.append(value);
        return this;
    }

    public JsonText string(String value) {
        quote(value);
        return this;
    }

    public JsonText member(String name, String value) {
        return name(name).string(value);
    }

    public JsonText member(String name, long value) {
        return name(name).number(value);
    }

    public JsonText member(String name, Map<String, String> values) {
        name(name).open('{');
        for (Map.Entry<String, String> entry : values.entrySet()) {
            member(entry.getKey(), entry.getValue());
        }
        return close('}');
    }

    public JsonText member(String name, boolean value) {
        return name(name).flag(value);
    }

    public JsonText member(String name, List<String> values) {
        name(name).open('[');
        for (String value : values) {
            element().string(value);
        }
        return close(']');
    }

    public JsonText numbers(List<Long> values) {
        open('[');
        for (long value : values) {
            element().number(value);
        }
        return close(']');
    }

    /** {@code value} as it is. */
    public JsonText raw(String value) {
        text.append(value);
        return this;
    }

    /** The whole, with a line feed. */
    public String end() {
        return text.append('\n').toString();
    }

    /** The whole, in UTF-8. */
    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void line() {
        if (!indented) {
            return;
        }
        text.append('\n');
        for (int i = 0; i < depth; i++) {
            text.append("  ");
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            escape(value.charAt(i));
        }
        text.append('"');
    }

    private void escape(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c == '\n') {
            text.append("\\n");
        } else if (c < ' ' || c == 127) {
            text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            text.append(c);
        }
    }
}
