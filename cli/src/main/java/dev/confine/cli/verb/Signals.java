package dev.confine.cli.verb;

import dev.confine.ConfineException;

/** The names of signal(7). The numbers are those of x86_64 and aarch64, which agree. */
final class Signals {
    private static final int LAST = 64;
    private static final int FIRST_REAL_TIME = 34;

    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private Signals() {}

    /** The number of a name, in any case, with or without SIG, or of a number from 0 to 64. */
    static int parse(String text) {
        int number = number(text);
        if (number < 0) {
            number = named(text);
        }
        if (number < 0 || number > LAST) {
            throw new ConfineException(
                    "unknown signal \"" + text + "\": write a name such as TERM or SIGKILL, or a number up to 64");
        }
        return number;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 2) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static int named(String text) {
        String name = text.regionMatches(true, 0, "SIG", 0, 3) ? text.substring(3) : text;
        for (int i = 1; i < NAMES.length; i++) {
            if (NAMES[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return synonym(name);
    }

    private static int synonym(String name) {
        if (name.equalsIgnoreCase("IOT")) {
            return 6;
        }
        if (name.equalsIgnoreCase("CLD")) {
            return 17;
        }
        return name.equalsIgnoreCase("POLL") ? 29 : realTime(name);
    }

    /** {@code RTMIN}, {@code RTMIN+3}, {@code RTMAX-3}, {@code RTMAX}: counted as the C libraries do, which keep the first two for themselves. */
    private static int realTime(String name) {
        boolean fromFirst = name.regionMatches(true, 0, "RTMIN", 0, 5);
        if (!fromFirst && !name.regionMatches(true, 0, "RTMAX", 0, 5)) {
            return -1;
        }
        if (name.length() == 5) {
            return fromFirst ? FIRST_REAL_TIME : LAST;
        }
        int away = name.charAt(5) == (fromFirst ? '+' : '-') ? number(name.substring(6)) : -1;
        return away < 0 || away > LAST - FIRST_REAL_TIME ? -1 : fromFirst ? FIRST_REAL_TIME + away : LAST - away;
    }
}
