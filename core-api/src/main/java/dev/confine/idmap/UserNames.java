package dev.confine.idmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of users: from /etc/passwd, and only for those who are not in it from {@code getent}, which asks a directory service. */
public final class UserNames {
    private final HostTexts host;

    public UserNames(HostTexts host) {
        this.host = host;
    }

    /** The name of {@code uid}; the number itself for a user without one. */
    public String nameOf(long uid) {
        String text = host.file("/etc/passwd");
        String name = text == null ? null : find(text, uid);
        if (name == null) {
            String entry = host.output(List.of("getent", "passwd", Long.toString(uid)));
            name = entry == null ? null : find(entry, uid);
        }
        return name == null ? Long.toString(uid) : name;
    }

    private static @Nullable String find(String passwd, long uid) {
        for (String line : Fields.lines(passwd)) {
            List<String> fields = Fields.cut(line, ':');
            if (fields.size() > 2 && !fields.get(0).isEmpty() && Digits.parse(fields.get(2)) == uid) {
                return fields.get(0);
            }
        }
        return null;
    }
}
