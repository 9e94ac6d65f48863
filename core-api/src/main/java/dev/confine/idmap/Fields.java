package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;

/** Cuts the texts of /etc into lines and lines into fields, without regular expressions. */
final class Fields {
    private Fields() {}

    static List<String> lines(String text) {
        return cut(text, '\n');
    }

    /** The parts of {@code text} between each {@code separator}, empty ones too. */
    static List<String> cut(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int end;
        while ((end = text.indexOf(separator, from)) >= 0) {
            parts.add(text.substring(from, end));
            from = end + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The words of {@code text}: what blanks and tabs are between. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : cut(text.replace('\t', ' '), ' ')) {
            if (!part.isEmpty()) {
                words.add(part);
            }
        }
        return words;
    }
}
