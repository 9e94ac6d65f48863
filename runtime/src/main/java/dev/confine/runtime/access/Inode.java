package dev.confine.runtime.access;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at of a file, inode(7).
 *
 * @param uid as the user namespace that looks has it, through the id map of the mount; {@link #UNKNOWN} where it has none
 * @param gid the same
 * @param mode the lower twelve bits of {@code st_mode}
 * @param acl or null where there is none
 * @param immutable {@code chattr +i}
 */
public record Inode(
        Type type, long uid, long gid, int mode, @Nullable Acl acl, boolean immutable) {
    /** No id: {@code (uid_t) -1}. */
    public static final long UNKNOWN = 0xffff_ffffL;

    private static final int STICKY = 01000;

    /** Types of files, with their bits in {@code st_mode} and the letter of ls(1). */
    public enum Type {
        FIFO(0x1000, 'p', "pipe"),
        CHARACTER(0x2000, 'c', "character device"),
        DIRECTORY(0x4000, 'd', "directory"),
        BLOCK(0x6000, 'b', "block device"),
        REGULAR(0x8000, '-', "file"),
        LINK(0xa000, 'l', "symbolic link"),
        SOCKET(0xc000, 's', "socket");

        private final int bits;
        private final char letter;
        private final String word;

        Type(int bits, char letter, String word) {
            this.bits = bits;
            this.letter = letter;
            this.word = word;
        }

        static Type of(int bits) {
            for (Type type : values()) {
                if (type.bits == bits) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no type of a file: " + bits);
        }

        public String word() {
            return word;
        }

        boolean isDevice() {
            return this == CHARACTER || this == BLOCK;
        }

        /** Whether writing to it changes the file system. */
        boolean isStored() {
            return this == DIRECTORY || this == REGULAR || this == LINK;
        }
    }

    /** The three bits of the class, 0 owner, 1 group, 2 others. */
    int bits(int place) {
        return (mode >> (3 * (2 - place))) & Permission.ALL;
    }

    boolean hasAnyExecute() {
        return (mode & 0111) != 0;
    }

    /** As {@code /tmp} is: everybody makes files there, and only owners remove them. */
    boolean isSharedAndSticky() {
        return (mode & STICKY) != 0 && (bits(2) & Permission.WRITE) != 0;
    }

    /** The same with other owners. */
    Inode owned(long user, long group) {
        return new Inode(type, user, group, mode, acl, immutable);
    }

    /** The same through the id map of a mount. */
    Inode through(IdMaps maps) {
        Acl list = acl;
        if (list != null) {
            List<Acl.Entry> entries = new ArrayList<>();
            for (Acl.Entry entry : list.entries()) {
                boolean user = entry.tag() == Acl.Tag.USER;
                boolean named = user || entry.tag() == Acl.Tag.GROUP;
                IdMap map = user ? maps.uids() : maps.gids();
                entries.add(
                        named
                                ? new Acl.Entry(
                                        entry.tag(),
                                        entry.permissions(),
                                        map.toOutside(entry.id()).orElse(UNKNOWN))
                                : entry);
            }
            list = new Acl(entries);
        }
        long user = maps.uids().toOutside(uid).orElse(UNKNOWN);
        return new Inode(type, user, maps.gids().toOutside(gid).orElse(UNKNOWN), mode, list, immutable);
    }

    /** The same with an entry for a user in its access control list, as {@code setfacl -m} makes it: the mask grows with it. */
    Inode listing(long user, int permissions) {
        List<Acl.Entry> entries = new ArrayList<>();
        int mask = permissions;
        entries.add(new Acl.Entry(Acl.Tag.USER_OBJ, bits(0), UNKNOWN));
        entries.add(new Acl.Entry(Acl.Tag.USER, permissions, user));
        if (acl == null) {
            mask |= bits(1);
            entries.add(new Acl.Entry(Acl.Tag.GROUP_OBJ, bits(1), UNKNOWN));
        } else {
            for (Acl.Entry entry : acl.entries()) {
                boolean replaced = entry.tag() == Acl.Tag.USER && entry.id() == user;
                if ((entry.tag() == Acl.Tag.USER && !replaced)
                        || entry.tag() == Acl.Tag.GROUP_OBJ
                        || entry.tag() == Acl.Tag.GROUP) {
                    mask |= entry.permissions();
                    entries.add(entry);
                }
            }
        }
        entries.add(new Acl.Entry(Acl.Tag.MASK, mask, UNKNOWN));
        entries.add(new Acl.Entry(Acl.Tag.OTHER, bits(2), UNKNOWN));
        return new Inode(type, uid, gid, (mode & ~0070) | (mask << 3), new Acl(entries), immutable);
    }

    /** As ls(1) shows it: {@code drwxr-xr-x}. */
    public String shown() {
        StringBuilder text = new StringBuilder().append(type.letter);
        for (int place = 0; place < 3; place++) {
            text.append(Permission.shown(bits(place)));
        }
        special(text, 3, 04000, 's');
        special(text, 6, 02000, 's');
        special(text, 9, STICKY, 't');
        return acl == null ? text.toString() : text.append('+').toString();
    }

    private void special(StringBuilder text, int at, int bit, char letter) {
        if ((mode & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
