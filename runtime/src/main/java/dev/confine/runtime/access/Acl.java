package dev.confine.runtime.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX access control list, acl(5), in its order.
 *
 * @param entries at least those of owner, group and others
 */
public record Acl(List<Entry> entries) {
    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;

    public Acl {
        entries = List.copyOf(entries);
    }

    /** The tags, with their numbers in {@code linux/posix_acl.h}. */
    public enum Tag {
        USER_OBJ(1),
        USER(2),
        GROUP_OBJ(4),
        GROUP(8),
        MASK(0x10),
        OTHER(0x20);

        private final int number;

        Tag(int number) {
            this.number = number;
        }

        static @Nullable Tag of(int number) {
            for (Tag tag : values()) {
                if (tag.number == number) {
                    return tag;
                }
            }
            return null;
        }
    }

    /**
     * One entry.
     *
     * @param permissions three bits: 4 read, 2 write, 1 execute
     * @param id as the user namespace that looks has it, {@link Inode#UNKNOWN} where it has none; of named entries only
     */
    public record Entry(Tag tag, int permissions, long id) {}

    /** Reads the attribute {@code system.posix_acl_access}; null for what is none. */
    static @Nullable Acl parse(byte[] bytes) {
        if (bytes.length < HEADER || number(bytes, 0, 4) != VERSION || (bytes.length - HEADER) % ENTRY != 0) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int at = HEADER; at < bytes.length; at += ENTRY) {
            Tag tag = Tag.of((int) number(bytes, at, 2));
            if (tag == null) {
                return null;
            }
            entries.add(new Entry(tag, (int) number(bytes, at + 2, 2), number(bytes, at + 4, 4)));
        }
        return new Acl(entries);
    }

    /** The permissions of the mask, which bounds all but owner and others; all where there is none. */
    int mask() {
        for (Entry entry : entries) {
            if (entry.tag() == Tag.MASK) {
                return entry.permissions();
            }
        }
        return Permission.ALL;
    }

    private static long number(byte[] bytes, int at, int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return number;
    }
}
