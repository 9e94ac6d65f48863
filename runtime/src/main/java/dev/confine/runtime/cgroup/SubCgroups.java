package dev.confine.runtime.cgroup;

import dev.confine.ConfineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cgroups below those of a container, as {@code --cgroup} names them: {@code PATH} in every hierarchy, {@code CONTROLLERS:PATH} in those of v1 that have one of these. */
public final class SubCgroups {
    private SubCgroups() {}

    /**
     * The directories that are meant, which need not exist.
     *
     * @param directories of the container, by hierarchy
     * @throws ConfineException where {@code asked} means nothing
     */
    public static Map<String, String> below(Map<String, String> directories, List<String> asked) {
        Map<String, String> below = new LinkedHashMap<>(directories);
        for (String words : asked) {
            int colon = words.indexOf(':');
            String path = path(words, words.substring(colon + 1));
            if (colon < 0 && asked.size() > 1) {
                throw new ConfineException("--cgroup " + words
                        + ": a path for every hierarchy is the only one; write CONTROLLERS:PATH for several");
            }
            for (String controller : colon < 0 ? List.of("") : split(words.substring(0, colon), ',')) {
                add(words, controller, path, directories, below);
            }
        }
        return below;
    }

    private static void add(
            String words, String controller, String path, Map<String, String> directories, Map<String, String> below) {
        boolean found = false;
        for (Map.Entry<String, String> entry : directories.entrySet()) {
            if (controller.isEmpty() || split(entry.getKey(), ',').contains(controller)) {
                below.put(entry.getKey(), entry.getValue() + path);
                found = true;
            }
        }
        if (!found) {
            String lack = controller.isEmpty()
                    ? "the container is in no cgroup of its own"
                    : "the container is in no cgroup of the controller " + controller;
            throw new ConfineException("--cgroup " + words + ": " + lack);
        }
    }

    /** With a slash before each component; never upwards. */
    private static String path(String words, String text) {
        StringBuilder path = new StringBuilder();
        for (String component : split(text, '/')) {
            if (component.equals("..")) {
                throw new ConfineException("--cgroup " + words + ": it has to be a path below the container's cgroup");
            }
            if (!component.isEmpty() && !component.equals(".")) {
                path.append('/').append(component);
            }
        }
        return path.toString();
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(at); end >= 0; end = text.indexOf(at, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
