package dev.confine.validate;

import java.util.ArrayList;
import java.util.List;

/** Paths as text alone; it follows no link. */
final class PathText {
    private PathText() {}

    /** Absolute, without empty names, {@code .} and {@code ..}: where the path leads when nothing in it is a link. */
    static String clean(String path) {
        List<String> names = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            step(names, path.substring(start, end));
            start = end + 1;
        }
        return "/" + String.join("/", names);
    }

    private static void step(List<String> names, String name) {
        if (name.equals("..")) {
            if (!names.isEmpty()) {
                names.remove(names.size() - 1);
            }
        } else if (!name.isEmpty() && !name.equals(".")) {
            names.add(name);
        }
    }
}
