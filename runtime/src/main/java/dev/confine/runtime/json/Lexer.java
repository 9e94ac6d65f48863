package dev.confine.runtime.json;

/** Texts, numbers and words of JSON, one after the other. What may follow what is the scanner's business. */
final class Lexer {
    private final char[] text;
    private final int end;
    private int at;
    private int start;
    private int countedTo;
    private int line = 1;
    private int lineStart;

    Lexer(char[] text, int length) {
        this.text = text;
        this.end = length;
    }

    /** Skips blanks and starts a token; false at the end of the text. */
    boolean begin() {
        while (at < end && blank(text[at])) {
            at++;
        }
        start = at;
        return at < end;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** The next character, which is there. */
    char peek() {
        return text[at];
    }

    /** Takes {@code c} when it is next. */
    boolean take(char c) {
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Where the current token starts. */
    int start() {
        return start;
    }

    /** Says that the current token started there after all. */
    void restart(int offset) {
        start = offset;
    }

    /** The line and column of an offset; cheap when they ascend. */
    Place place(int offset) {
        if (offset < countedTo) {
            countedTo = 0;
            line = 1;
            lineStart = 0;
        }
        for (; countedTo < offset; countedTo++) {
            if (text[countedTo] == '\n') {
                line++;
                lineStart = countedTo + 1;
            }
        }
        return new Place(line, offset - lineStart + 1);
    }

    JsonSyntaxException error(String message) {
        return new JsonSyntaxException(message, place(Math.min(at, end)));
    }

    JsonSyntaxException tooEarly() {
        at = end;
        return error("the file ends too early, it may be cut off: a closing }, ] or \" is missing");
    }

    /** The text after the quotation mark that is next. */
    String text() {
        at++;
        int first = at;
        while (at < end && text[at] != '"' && text[at] != '\\' && text[at] >= ' ') {
            at++;
        }
        if (at < end && text[at] == '"') {
            return new String(text, first, at++ - first);
        }
        return textWithEscapes(first);
    }

    private String textWithEscapes(int first) {
        StringBuilder decoded = new StringBuilder().append(text, first, at - first);
        while (at < end) {
            char c = text[at];
            if (c == '"') {
                at++;
                return decoded.toString();
            }
            if (c < ' ') {
                throw error(
                        c == '\n'
                                ? "a text goes beyond the end of its line: close it with \", or write \\n"
                                : control(c));
            }
            at++;
            decoded.append(c == '\\' ? escape() : c);
        }
        throw tooEarly();
    }

    private static String control(char c) {
        String hex = Integer.toHexString(c);
        return "a control character in a text is written \\u00" + (hex.length() < 2 ? "0" : "") + hex;
    }

    private char escape() {
        if (at >= end) {
            throw tooEarly();
        }
        char c = text[at++];
        switch (c) {
            case '"', '\\', '/' -> {
                return c;
            }
            case 'b' -> {
                return '\b';
            }
            case 'f' -> {
                return '\f';
            }
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'u' -> {
                return hex();
            }
            default -> {
                at -= 2;
                throw error("there is no such escape in JSON: a backslash is written \\\\");
            }
        }
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            if (at >= end) {
                throw tooEarly();
            }
            int digit = digit(text[at]);
            if (digit < 0) {
                throw error("\\u is followed by four digits of 0 to 9 and a to f");
            }
            at++;
            value = value * 16 + digit;
        }
        return (char) value;
    }

    /** Only ASCII: Character.digit takes those of other scripts too. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Reads the number that is next; {@link #raw} is its text. */
    Token number() {
        take('-');
        if (take('0')) {
            if (at < end && text[at] >= '0' && text[at] <= '9') {
                throw error("a number has no leading zero: octal 0022 is written 18");
            }
        } else {
            digits();
        }
        Token kind = Token.INTEGER;
        if (take('.')) {
            digits();
            kind = Token.DECIMAL;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
            kind = Token.DECIMAL;
        }
        if (at < end && wordCharacter(text[at])) {
            throw error("this is no number: a text needs quotation marks");
        }
        return kind;
    }

    private void digits() {
        if (at >= end) {
            throw tooEarly();
        }
        int first = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw error("a digit is missing in a number");
        }
    }

    /** Reads the word that is next: true, false or null. */
    Token word() {
        while (at < end && wordCharacter(text[at])) {
            at++;
        }
        switch (raw()) {
            case "true" -> {
                return Token.TRUE;
            }
            case "false" -> {
                return Token.FALSE;
            }
            case "null" -> {
                return Token.NULL;
            }
            default -> {
                boolean cut = at == end && at > start;
                at = start;
                throw cut ? tooEarly() : error(unexpected(text[start]));
            }
        }
    }

    private static boolean wordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.+-$".indexOf(c) >= 0;
    }

    private static String unexpected(char c) {
        return switch (c) {
            case '\'' -> "a text is in quotation marks (\"), not in apostrophes";
            case '/', '#' -> "JSON has no comments: remove it";
            case ',', ':', '}', ']' -> "a value is missing before this " + c;
            case '\ufeff' -> "there is a byte order mark: remove it";
            default ->
                wordCharacter(c)
                        ? "this is no value: a text needs quotation marks, and the words are true, false and null"
                        : "there must be a value here";
        };
    }

    /** The token as it is written. */
    String raw() {
        return new String(text, start, at - start);
    }
}
