package dev.confine.runtime.lifecycle;

import java.time.LocalDate;

/** Points in time as RFC 3339 writes them. It loads no formatter, which a hot command has no time for. */
final class Timestamp {
    private static final int SECONDS_A_DAY = 86_400;

    private Timestamp() {}

    static String now() {
        return of(System.currentTimeMillis());
    }

    /** @param millis since 1970, UTC */
    static String of(long millis) {
        long seconds = Math.floorDiv(millis, 1000L);
        int second = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
        StringBuilder text = new StringBuilder(24);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, (long) SECONDS_A_DAY)));
        digits(text.append('T'), second / 3600, 2);
        digits(text.append(':'), second / 60 % 60, 2);
        digits(text.append(':'), second % 60, 2);
        digits(text.append('.'), (int) Math.floorMod(millis, 1000L), 3);
        return text.append('Z').toString();
    }

    private static void digits(StringBuilder text, int value, int count) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < count; i++) {
            text.append('0');
        }
        text.append(digits);
    }
}
