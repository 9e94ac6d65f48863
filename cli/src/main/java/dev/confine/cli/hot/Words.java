package dev.confine.cli.hot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, read from left to right. Once something is unclear it is declined for good and looks as if it ended, so that a parser
 * need ask only once. Understands {@code --flag value} and {@code --flag=value}; no clusters, no {@code --}, no empty words.
 */
final class Words {
    private final List<String> args;
    private int at;
    private @Nullable String attached;
    private String current = "";
    private String seen = " ";
    private boolean declined;

    Words(List<String> args) {
        this.args = args;
    }

    boolean declined() {
        return declined;
    }

    void decline() {
        declined = true;
    }

    boolean atEnd() {
        return declined || at >= args.size();
    }

    boolean atFlag() {
        return !atEnd() && args.get(at).startsWith("-");
    }

    String next() {
        return args.get(at++);
    }

    /** The flag here without its value; a flag that is given twice declines. */
    String flag() {
        String word = next();
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        attached = equals < 0 ? null : word.substring(equals + 1);
        current = equals < 0 ? word : word.substring(0, equals);
        return current;
    }

    /** The value of the flag just read, which may be given once. */
    String value() {
        once(current);
        return repeatedValue();
    }

    /** The value of the flag just read, which may be given again. */
    String repeatedValue() {
        String value = attached;
        if (value == null) {
            value = at < args.size() ? next() : "";
        }
        declined |= value.startsWith("-") || value.isEmpty() || quoted(value);
        return value;
    }

    /** True for the flag just read, which takes no value and may be given once. */
    boolean set() {
        once(current);
        declined |= attached != null;
        return true;
    }

    /** Declines what is none of {@code allowed}. */
    void only(String value, String... allowed) {
        for (String word : allowed) {
            if (word.equals(value)) {
                return;
            }
        }
        declined = true;
    }

    /** Marks two names of one flag as the same. */
    void name(String canonical) {
        current = canonical;
    }

    /** The word here as a plain argument, or null. */
    @Nullable
    String positional() {
        if (atEnd() || atFlag() || args.get(at).isEmpty() || quoted(args.get(at))) {
            declined = true;
            return null;
        }
        return next();
    }

    /** The last word, or null when there is none or more than one. */
    @Nullable
    String last() {
        String word = positional();
        return at == args.size() ? word : null;
    }

    /** All that is left, as it stands. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        while (!atEnd()) {
            String word = next();
            declined |= word.isEmpty() || word.equals("--") || quoted(word);
            rest.add(word);
        }
        return rest;
    }

    private void once(String flag) {
        String marked = " " + flag + " ";
        declined |= seen.contains(marked);
        seen += flag + " ";
    }

    private static boolean quoted(String value) {
        return value.startsWith("\"") || value.startsWith("'");
    }
}
