package dev.confine.runtime.systemd;

import dev.confine.ConfineException;
import dev.confine.Quoted;

/**
 * Where systemd puts a container: what {@code linux.cgroupsPath} says in the form {@code slice:prefix:name}, as runc has it.
 *
 * @param slice such as {@code system.slice}
 * @param unit such as {@code confine-c1.scope}
 */
public record ScopeName(String slice, String unit) {
    private static final String SLICE = ".slice";
    private static final String SCOPE = ".scope";
    private static final int LONGEST = 255;

    /**
     * @param path {@code linux.cgroupsPath}, or empty
     * @param slice where it names none
     * @param name of a scope where there is no path, without its ending
     */
    public static ScopeName of(String path, String slice, String name) {
        if (path.isEmpty()) {
            return new ScopeName(slice, escaped(name) + SCOPE);
        }
        int first = path.indexOf(':');
        int second = path.indexOf(':', first + 1);
        if (first < 0 || second < 0 || path.indexOf(':', second + 1) >= 0 || second + 1 == path.length()) {
            throw wrong("expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, got "
                    + Quoted.text(path));
        }
        String prefix = path.substring(first + 1, second);
        String last = path.substring(second + 1);
        if (last.endsWith(SLICE)) {
            throw wrong(
                    "names a slice, " + Quoted.text(last) + ", and a container needs a scope: leave the ending out");
        }
        String given = path.substring(0, first);
        ScopeName scope = new ScopeName(
                given.isEmpty() ? slice : given, escaped(prefix.isEmpty() ? last : prefix + "-" + last) + SCOPE);
        if (scope.unit.length() > LONGEST) {
            throw wrong("is too long: the name of a unit has at most " + LONGEST + " characters");
        }
        scope.directory();
        return scope;
    }

    /** The cgroup beneath that of the manager: {@code a-b.slice} is below {@code a.slice}, systemd.slice(5). */
    public String directory() {
        if (!slice.endsWith(SLICE) || slice.length() == SLICE.length() || slice.indexOf('/') >= 0) {
            throw wrong("has no slice of systemd, " + Quoted.text(slice) + ": write one such as machine.slice");
        }
        String name = slice.substring(0, slice.length() - SLICE.length());
        if (name.equals("-")) {
            return "/" + unit;
        }
        if (name.startsWith("-") || name.endsWith("-") || name.contains("--")) {
            throw wrong("has a slice with an empty part, " + Quoted.text(slice));
        }
        StringBuilder directory = new StringBuilder();
        for (int dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', dash + 1)) {
            directory.append('/').append(name, 0, dash).append(SLICE);
        }
        return directory.append('/').append(slice).append('/').append(unit).toString();
    }

    private static ConfineException wrong(String reason) {
        return new ConfineException("config.json /linux/cgroupsPath " + reason);
    }

    /** What no name of a unit may hold is written as systemd-escape(1) does. */
    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || ":_.-@\\".indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return text.toString();
    }
}
