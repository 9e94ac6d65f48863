package dev.confine.cli.text;

import dev.confine.runtime.inspect.RawCalls;
import dev.confine.spi.Caller;
import java.util.Locale;
import java.util.Map;

/**
 * What the caller's standard output can show.
 *
 * @param columns how wide it is; {@link #ENDLESS} where nothing says so, as for a file
 * @param colour whether escape sequences may be written: a terminal, without NO_COLOR and not a dumb one
 * @param lines whether lines of boxes and trees may be drawn with characters beyond ASCII
 */
public record Screen(int columns, boolean colour, boolean lines) {
    /** The width of what is no terminal. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    /** A file, without colours. */
    public static final Screen PLAIN = new Screen(ENDLESS, false, true);

    private static final int STDOUT = 1;
    private static final int NARROWEST = 20;
    private static final long TIOCGWINSZ = 0x5413;

    /** Colours of text, by what they say. */
    public enum Tone {
        PLAIN(""),
        HEADING("1"),
        FAINT("2"),
        GOOD("32"),
        WARNING("33"),
        BAD("31"),
        NAME("36");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /** That of {@code caller}; COLUMNS counts before what the terminal says. */
    public static Screen of(Caller caller) {
        boolean terminal = (caller.terminals() & 1 << STDOUT) != 0;
        Map<String, String> environment = caller.environment();
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        int asked = number(environment.getOrDefault("COLUMNS", ""));
        int columns = asked > 0 ? Math.max(asked, NARROWEST) : terminal ? window() : ENDLESS;
        return new Screen(columns, colour, isUnicode(environment));
    }

    /** {@code text} in that tone, where colours may be written. */
    public String in(Tone tone, String text) {
        return colour && tone != Tone.PLAIN && !text.isEmpty()
                ? "\u001b[" + tone.code + "m" + text + "\u001b[0m"
                : text;
    }

    private static boolean isUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    /** The JVM has the caller's standard output for its own, but for one that serves many callers. */
    private static int window() {
        long size = RawCalls.number(STDOUT, TIOCGWINSZ);
        int columns = size < 0 ? 0 : (int) (size >>> 16);
        return columns > 0 ? Math.max(columns, NARROWEST) : ENDLESS;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
