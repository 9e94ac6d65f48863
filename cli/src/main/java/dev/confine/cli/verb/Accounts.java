package dev.confine.cli.verb;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of user ids from a passwd(5) file. It asks no other source, so an account of a directory service shows as a number; nothing depends on a name.
 */
public final class Accounts {
    private final String file;
    private final Map<Long, String> known = new HashMap<>();

    public Accounts(String file) {
        this.file = file;
    }

    /** The host's. */
    public static Accounts ofHost() {
        return new Accounts("/etc/passwd");
    }

    /** The name, or {@code #uid} for an id without one; the file is read once for each. */
    public String name(long uid) {
        String name = known.get(uid);
        if (name == null) {
            name = find(uid);
            known.put(uid, name);
        }
        return name;
    }

    private String find(long uid) {
        String wanted = Long.toString(uid);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (wanted.equals(field(line, 2))) {
                    return field(line, 0);
                }
            }
        } catch (IOException unreadable) {
            return "#" + uid;
        }
        return "#" + uid;
    }

    private static String field(String line, int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = line.indexOf(':', start) + 1;
            if (start == 0) {
                return "";
            }
        }
        int end = line.indexOf(':', start);
        return end < 0 ? line.substring(start) : line.substring(start, end);
    }
}
