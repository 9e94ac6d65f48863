package dev.confine.runtime.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code /proc/PID/mountinfo}, proc_pid_mountinfo(5), without its octal escapes.
 *
 * @param id of the mount
 * @param parent of the mount; not in the file where it is outside of the process's root
 * @param device {@code MAJOR:MINOR}
 * @param root what of the file system is seen, {@code net:[4026531840]} for a namespace
 * @param target where, beneath the root of the process
 * @param options of the mount, {@code ro}, {@code nosuid}, {@code idmapped}
 * @param tags of propagation, {@code shared:7}
 * @param type of the file system
 * @param source whatever the file system calls so
 * @param superOptions of the file system
 */
public record MountLine(
        long id,
        long parent,
        String device,
        String root,
        String target,
        List<String> options,
        List<String> tags,
        String type,
        String source,
        List<String> superOptions) {
    private static final int FIRST_TAG = 6;

    public MountLine {
        options = List.copyOf(options);
        tags = List.copyOf(tags);
        superOptions = List.copyOf(superOptions);
    }

    /** All of a file, in its order; what is no such line is passed over. */
    public static List<MountLine> parse(String text) {
        List<MountLine> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            MountLine line = line(text.substring(from, end));
            if (line != null) {
                lines.add(line);
            }
            from = end + 1;
        }
        return lines;
    }

    /** The namespace that this mount keeps; null when it is none of that kind. */
    public @Nullable NamespaceId namespace() {
        return type.equals("nsfs") ? NamespaceId.parse(root) : null;
    }

    private static @Nullable MountLine line(String text) {
        List<String> words = List.of(text.split(" "));
        int dash = words.indexOf("-");
        if (dash < FIRST_TAG || words.size() < dash + 3) {
            return null;
        }
        try {
            return new MountLine(
                    Long.parseLong(words.get(0)),
                    Long.parseLong(words.get(1)),
                    words.get(2),
                    plain(words.get(3)),
                    plain(words.get(4)),
                    List.of(words.get(5).split(",")),
                    words.subList(FIRST_TAG, dash),
                    words.get(dash + 1),
                    plain(words.get(dash + 2)),
                    words.size() > dash + 3 ? List.of(plain(words.get(dash + 3)).split(",")) : List.of());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Blanks, tabs, line feeds and backslashes are written as {@code \040}; the rest are bytes of UTF-8. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 3 < text.length() && isOctal(text, i + 1)) {
                plain.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
                i += 3;
            } else {
                plain.append(c);
            }
        }
        String latin = plain.toString();
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length == latin.length() && isUndecoded(latin) ? new String(bytes, StandardCharsets.UTF_8) : latin;
    }

    /** Text that was read a byte a character is decoded here; what was decoded before stays. */
    private static boolean isUndecoded(String text) {
        boolean high = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) {
                return false;
            }
            high |= text.charAt(i) > 127;
        }
        return high;
    }

    private static boolean isOctal(String text, int at) {
        for (int i = at; i < at + 3; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }
}
