package dev.confine.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.confine.validate.Quoted;
import java.io.IOException;

/** Words for what the parser refuses. */
final class SyntaxError {
    private static final String[] INTERNALS = {
        "\n", " (start marker at", " (for ", " (not recognized as", ", from `", ": enable `"
    };

    private SyntaxError() {}

    static String message(IOException e, int deepest) {
        if (e instanceof JsonEOFException) {
            return "the file ends too early, it may be cut off: a closing }, ] or \" is missing";
        }
        String text =
                e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
        if (e instanceof StreamConstraintsException && text.contains("nesting")) {
            return "is nested deeper than " + deepest + " levels: no configuration is";
        }
        if (text.contains("Leading zeroes")) {
            return "is not JSON: a number is decimal and has no leading zero (octal 0022 is written 18)";
        }
        return "is not JSON: " + Quoted.path(withoutInternals(text)) + hint(text);
    }

    private static String hint(String text) {
        boolean closing = text.startsWith("Unexpected character ('}'") || text.startsWith("Unexpected character (']'");
        return closing ? " (is there a comma too many before it?)" : "";
    }

    /** Without what the parser says about its own settings and its source. */
    private static String withoutInternals(String text) {
        int end = text.length();
        for (String internal : INTERNALS) {
            int at = text.indexOf(internal);
            end = at < 0 ? end : Math.min(end, at);
        }
        boolean limit = text.startsWith(", from `", end);
        return text.substring(0, end) + (limit ? ")" : "");
    }
}
