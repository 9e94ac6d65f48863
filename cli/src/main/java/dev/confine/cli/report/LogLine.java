package dev.confine.cli.report;

/** One line of a log file, as callers of runc read it. */
final class LogLine {
    private LogLine() {}

    static String json(String level, String message, String time) {
        return "{\"level\":\"" + level + "\",\"msg\":\"" + escaped(message) + "\",\"time\":\"" + time + "\"}\n";
    }

    static String text(String level, String message, String time) {
        return "time=\"" + time + "\" level=" + level + " msg=\"" + escaped(message) + "\"\n";
    }

    /** Without control characters, which have no business on a terminal. A message about several things has a line for each, and keeps them. */
    static String clean(String message) {
        StringBuilder text = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            text.append(c != '\n' && Character.isISOControl(c) ? '?' : c);
        }
        return text.toString();
    }

    private static String escaped(String message) {
        StringBuilder text = new StringBuilder(message.length() + 16);
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (Character.isISOControl(c)) {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
