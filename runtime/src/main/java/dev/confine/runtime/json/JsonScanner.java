package dev.confine.runtime.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a JSON text (RFC 8259) token by token, and knows the JSON pointer (RFC 6901), line and column of each. Strict: nothing of JSON's
 * dialects is taken. It does not mind repeated names, and texts may hold any character that can be escaped: who reads decides.
 */
public final class JsonScanner {
    private enum State {
        START,
        VALUE,
        FIRST_NAME,
        NEXT_NAME,
        FIRST_ITEM,
        NEXT_ITEM,
        END
    }

    private static final int OBJECT = -2;

    private final Lexer lexer;
    private final int deepest;
    private State state = State.START;
    private @Nullable Token token;
    private String text = "";
    private int depth;
    /** For each level that is open: the name of the property one is in, null in a list and before the first. */
    private @Nullable String[] names = new @Nullable String[16];
    /** For each level that is open: the index of the element one is in; -1 before the first, -2 in an object. */
    private int[] indexes = new int[16];

    /**
     * @param text the first {@code length} characters are scanned
     * @param deepest how many objects and lists may be open at a time
     */
    public JsonScanner(char[] text, int length, int deepest) {
        this.lexer = new Lexer(text, length);
        this.deepest = deepest;
    }

    /**
     * Goes to the next token; null at the end of the text, which comes after one value, or at once when there is nothing but blanks.
     *
     * @throws JsonSyntaxException where the text is not JSON
     */
    public @Nullable Token next() {
        token = advance();
        return token;
    }

    /** The token where it stands; null before the first and at the end. */
    public @Nullable Token token() {
        return token;
    }

    /** The text of a TEXT or NAME; any other token as it is written. */
    public String text() {
        return text;
    }

    /** Of the token where it stands. */
    public Place place() {
        return lexer.place(lexer.start());
    }

    /** Of the value where it stands; of the object or list itself at its start and end; of its value at a name. */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int level = 0; level < depth; level++) {
            String name = names[level];
            if (name != null) {
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            } else if (indexes[level] >= 0) {
                pointer.append('/').append(indexes[level]);
            }
        }
        return pointer.toString();
    }

    private @Nullable Token advance() {
        if (!lexer.begin()) {
            if (state == State.START || state == State.END) {
                return null;
            }
            throw lexer.tooEarly();
        }
        return switch (state) {
            case START, VALUE -> value();
            case FIRST_NAME -> lexer.take('}') ? close(Token.OBJECT_END) : name();
            case NEXT_NAME -> lexer.take('}') ? close(Token.OBJECT_END) : nextName();
            case FIRST_ITEM -> lexer.take(']') ? close(Token.LIST_END) : item();
            case NEXT_ITEM -> lexer.take(']') ? close(Token.LIST_END) : nextItem();
            case END -> throw lexer.error("there is something after the end: remove it");
        };
    }

    private Token nextName() {
        comma('}');
        return name();
    }

    private Token nextItem() {
        comma(']');
        return item();
    }

    private void comma(char end) {
        if (!lexer.take(',')) {
            throw lexer.error("there must be a comma or " + end + " here");
        }
        if (!lexer.begin()) {
            throw lexer.tooEarly();
        }
        if (lexer.peek() == end) {
            throw lexer.error("there is a comma too many before this " + end);
        }
    }

    private Token name() {
        if (lexer.peek() != '"') {
            throw lexer.error("there must be a name in quotation marks (\") here");
        }
        text = lexer.text();
        names[depth - 1] = text;
        int start = lexer.start();
        if (!lexer.begin()) {
            throw lexer.tooEarly();
        }
        if (!lexer.take(':')) {
            throw lexer.error("there must be a colon after the name");
        }
        lexer.restart(start);
        state = State.VALUE;
        return Token.NAME;
    }

    private Token item() {
        indexes[depth - 1]++;
        return value();
    }

    private Token value() {
        if (lexer.take('{')) {
            return open(Token.OBJECT, OBJECT, State.FIRST_NAME);
        }
        if (lexer.take('[')) {
            return open(Token.LIST, -1, State.FIRST_ITEM);
        }
        char c = lexer.peek();
        if (c == '"') {
            text = lexer.text();
            return ended(Token.TEXT);
        }
        Token kind = c == '-' || (c >= '0' && c <= '9') ? lexer.number() : lexer.word();
        text = lexer.raw();
        return ended(kind);
    }

    private Token open(Token kind, int index, State next) {
        if (depth == deepest) {
            throw lexer.error("this is nested deeper than " + deepest + " levels");
        }
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indexes = Arrays.copyOf(indexes, 2 * depth);
        }
        names[depth] = null;
        indexes[depth] = index;
        depth++;
        state = next;
        text = kind == Token.OBJECT ? "{" : "[";
        return kind;
    }

    private Token close(Token kind) {
        depth--;
        text = kind == Token.OBJECT_END ? "}" : "]";
        return ended(kind);
    }

    private Token ended(Token kind) {
        if (depth == 0) {
            state = State.END;
        } else {
            state = indexes[depth - 1] == OBJECT ? State.NEXT_NAME : State.NEXT_ITEM;
        }
        return kind;
    }
}
