package dev.confine.validate;

import dev.confine.Quoted;

/** Lists of CPUs and memory nodes such as {@code 0-3,7}, cpuset(7). */
final class NumberList {
    private NumberList() {}

    static void check(String pointer, String list, Violations found) {
        if (!list.isEmpty() && !valid(list)) {
            found.add(pointer, "must be a list such as \"0-3,7\", not " + Quoted.text(list));
        }
    }

    private static boolean valid(String list) {
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            if (!range(list.substring(start, end).strip())) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean range(String text) {
        int dash = text.indexOf('-');
        int from = number(dash < 0 ? text : text.substring(0, dash).strip());
        int to = dash < 0 ? from : number(text.substring(dash + 1).strip());
        return from >= 0 && from <= to;
    }

    /** -1 when it is none; five digits are more than any machine has. */
    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return text.isEmpty() || text.length() > 5 ? -1 : number;
    }
}
