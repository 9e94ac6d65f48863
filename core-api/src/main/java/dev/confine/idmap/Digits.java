package dev.confine.idmap;

/** Reads ids the way the kernel writes them: decimal digits and nothing else, no sign, no blank, at most 4294967295. */
final class Digits {
    /** What is read from text that is no such number. */
    static final long NONE = -1;

    private static final int LONGEST = 10;
    private static final long MAX = 0xffff_ffffL;

    private Digits() {}

    static long parse(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            value = value * 10 + (c - '0');
        }
        return value > MAX ? NONE : value;
    }

    /** {@code text} as it may go to a terminal: short, in quotes, and without control characters. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), 64); i++) {
            char c = text.charAt(i);
            quoted.append(c < ' ' || c > '~' ? '?' : c);
        }
        return quoted.append(text.length() > 64 ? "…\"" : "\"").toString();
    }
}
