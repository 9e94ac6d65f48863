package dev.confine.runtime.inspect;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names by id, of a passwd(5) or group(5) file: both have the name first and the id third. The first line of an id counts. */
public final class AccountNames {
    /** Of a file that could not be read: nobody has a name. */
    public static final AccountNames NONE = new AccountNames(new TreeMap<>());

    private final NavigableMap<Long, String> names;

    private AccountNames(NavigableMap<Long, String> names) {
        this.names = names;
    }

    /** Lines that are no entry are passed over; control characters of a name, which comes from an image, become question marks. */
    public static AccountNames parse(String text) {
        NavigableMap<Long, String> names = new TreeMap<>();
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

    /** The id of {@code name}, the smallest one that has it; -1 when there is none. */
    public long idOf(String name) {
        long found = -1;
        for (Map.Entry<Long, String> entry : names.entrySet()) {
            if (entry.getValue().equals(name) && (found < 0 || entry.getKey() < found)) {
                found = entry.getKey();
            }
        }
        return found;
    }

    /** All that have ids from {@code first} to {@code last}, by id. */
    public SortedMap<Long, String> between(long first, long last) {
        return names.subMap(first, last + 1);
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
