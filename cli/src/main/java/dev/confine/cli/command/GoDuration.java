package dev.confine.cli.command;

import dev.confine.ConfineException;
import java.math.BigDecimal;
import java.util.Map;

/** Durations as callers write them, in the words of Go's {@code time.ParseDuration}: {@code 5s}, {@code 1m30s}, {@code 1.5h}, {@code 250ms}. */
final class GoDuration {
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private final String flag;
    private final String text;
    private int at;

    private GoDuration(String flag, String text) {
        this.flag = flag;
        this.text = text;
    }

    /** Above 0, ns. */
    static long parse(String flag, String text) {
        return new GoDuration(flag, text).nanoseconds();
    }

    private long nanoseconds() {
        BigDecimal sum = BigDecimal.ZERO;
        at = text.startsWith("+") ? 1 : 0;
        do {
            String number = take(true);
            Long unit = UNITS.get(take(false));
            if (unit == null
                    || number.isEmpty()
                    || number.equals(".")
                    || number.indexOf('.') != number.lastIndexOf('.')) {
                throw refused();
            }
            sum = sum.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
        } while (at < text.length());
        if (sum.compareTo(BigDecimal.ONE) < 0 || sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw refused();
        }
        return sum.longValue();
    }

    /** The characters from here that are of a number, or are not. */
    private String take(boolean ofNumber) {
        int start = at;
        while (at < text.length() && ofNumber == ("0123456789.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private ConfineException refused() {
        return new ConfineException(flag + " " + text + ": write a duration above 0, such as 5s, 500ms or 1m30s");
    }
}
