package dev.confine.runtime.cgroup;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A line of resctrl's {@code schemata}: {@code L3:0=7f0;1=1f}. Blanks, and zeros before a number, mean nothing.
 *
 * @param resource L3, MB, …
 * @param values by the number of the cache
 */
record Schema(String resource, Map<String, String> values) {
    static Schema of(String line) {
        int colon = line.indexOf(':');
        Map<String, String> values = new HashMap<>();
        for (String domain : line.substring(colon + 1).split(";", -1)) {
            int equals = domain.indexOf('=');
            if (equals > 0) {
                values.put(plain(domain.substring(0, equals)), plain(domain.substring(equals + 1)));
            }
        }
        return new Schema(colon < 0 ? "" : line.substring(0, colon).strip(), values);
    }

    private static String plain(String number) {
        String text = number.strip().toLowerCase(Locale.ROOT);
        int start = 0;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start);
    }

    /** Whether every value of another one is in it. */
    boolean holds(Schema other) {
        return resource.equals(other.resource) && values.entrySet().containsAll(other.values.entrySet());
    }
}
