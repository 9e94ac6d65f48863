package dev.confine.runtime.ownership;

import dev.confine.ConfineException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What of a file depends on ids, with what chown(2) takes from it. Attributes are in hexadecimal digits, {@code -} where there is none.
 *
 * @param device of the file system
 * @param mode the lower twelve bits
 * @param capabilities {@code security.capability}
 * @param list {@code system.posix_acl_access}
 * @param inherited {@code system.posix_acl_default}
 */
public record Owned(
        long device, long inode, long uid, long gid, int mode, String capabilities, String list, String inherited) {
    static final String NONE = "-";
    private static final int FIELDS = 8;

    /** What tells one file of a tree from another. */
    record Key(long device, long inode) {}

    Key key() {
        return new Key(device, inode);
    }

    /** The same after a shift. */
    public Owned by(IdShift shift) {
        return new Owned(
                device,
                inode,
                shift.uid(uid),
                shift.gid(gid),
                mode,
                capabilities.equals(NONE) ? NONE : hex(shift.capabilities(bytes(capabilities))),
                list.equals(NONE) ? NONE : hex(shift.list(bytes(list))),
                inherited.equals(NONE) ? NONE : hex(shift.list(bytes(inherited))));
    }

    static String hex(byte @Nullable [] bytes) {
        return bytes == null ? NONE : HexFormat.of().formatHex(bytes);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    boolean hasCapabilities() {
        return !capabilities.equals(NONE);
    }

    boolean hasList() {
        return !list.equals(NONE) || !inherited.equals(NONE);
    }

    /** As a line of a journal, without its end. */
    String line() {
        return device + " " + inode + " " + uid + " " + gid + " " + Integer.toOctalString(mode) + " " + capabilities
                + " " + list + " " + inherited;
    }

    static Owned parse(String line) {
        String[] fields = line.split(" ");
        try {
            if (fields.length == FIELDS) {
                return new Owned(
                        Long.parseLong(fields[0]),
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        Integer.parseInt(fields[4], 8),
                        fields[5],
                        fields[6],
                        fields[7]);
            }
        } catch (NumberFormatException e) {
            throw new ConfineException("the journal has a line that is none: " + line, e);
        }
        throw new ConfineException("the journal has a line that is none: " + line);
    }
}
