package dev.confine;

/** Text from outside as it may go to a terminal: short, and without control characters. */
public final class Quoted {
    private static final int LONGEST_TEXT = 64;
    private static final int LONGEST_PATH = 160;

    private Quoted() {}

    /** In quotation marks, cut after 64 characters. */
    public static String text(String text) {
        return "\"" + clean(text, LONGEST_TEXT) + "\"";
    }

    /** Without quotation marks, cut after 160 characters: for paths and JSON pointers. */
    public static String path(String path) {
        return clean(path, LONGEST_PATH);
    }

    private static String clean(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        int end = Math.min(text.length(), longest);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            clean.append(printable(c) ? c : '?');
        }
        return text.length() > longest ? clean.append('…').toString() : clean.toString();
    }

    /** Controls, format characters (which can reorder a line) and halves of characters are not. */
    private static boolean printable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
