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
}
