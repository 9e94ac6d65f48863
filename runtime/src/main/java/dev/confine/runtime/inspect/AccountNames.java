package dev.confine.runtime.inspect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names by id, of a passwd(5) or group(5) file: both have the name first and the id third. The first line of an id counts. */
public final class AccountNames {
    /** Of a file that could not be read: nobody has a name. */
    public static final AccountNames NONE = new AccountNames(Map.of());

    private final Map<Long, String> names;

    private AccountNames(Map<Long, String> names) {
        this.names = names;
    }

    /** Lines that are no entry are passed over; control characters of a name, which comes from an image, become question marks. */
    public static AccountNames parse(String text) {
        Map<Long, String> names = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] fields = line.split(":", 4);
            if (fields.length > 2 && !fields[0].isEmpty()) {
                try {
                    names.putIfAbsent((long) Integer.parseUnsignedInt(fields[2]) & 0xffff_ffffL, plain(fields[0]));
                } catch (NumberFormatException e) {
                    // no entry
                }
            }
        }
        return new AccountNames(names);
    }

    /** The name of {@code id}, or null. */
    public @Nullable String find(long id) {
        return names.get(id);
    }

    /** The name of {@code id}, or {@code #id}. */
    public String name(long id) {
        String name = names.get(id);
        return name == null ? "#" + id : name;
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .limit(64)
                .forEach(c -> plain.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return plain.toString();
    }
}
