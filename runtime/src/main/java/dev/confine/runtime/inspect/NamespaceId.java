package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import org.jspecify.annotations.Nullable;

/**
 * Which namespace: its type, and the inode that nsfs gives it, namespaces(7). All inodes are of one file system, so its device says nothing more; the number of a
 * namespace that is gone may be another's later.
 *
 * @param type one of the eight
 * @param inode as in {@code user:[4026531837]}
 */
public record NamespaceId(NamespaceType type, long inode) {
    /** What a link of /proc/PID/ns leads to, {@code user:[4026531837]}; null for anything else. */
    public static @Nullable NamespaceId parse(String link) {
        int bracket = link.indexOf(":[");
        if (bracket < 0 || !link.endsWith("]")) {
            return null;
        }
        NamespaceType type = typeOf(link.substring(0, bracket));
        if (type == null) {
            return null;
        }
        try {
            return new NamespaceId(type, Long.parseLong(link, bracket + 2, link.length() - 1, 10));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The name of the type's file in /proc/PID/ns, which is also what tools call it: {@code mnt}, {@code net}. */
    public static String file(NamespaceType type) {
        return switch (type) {
            case MOUNT -> "mnt";
            case NETWORK -> "net";
            default -> type.toString();
        };
    }

    /** The type of that file name; null for another. */
    public static @Nullable NamespaceType typeOf(String file) {
        for (NamespaceType type : NamespaceType.values()) {
            if (file(type).equals(file)) {
                return type;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return file(type) + ":[" + inode + "]";
    }
}
