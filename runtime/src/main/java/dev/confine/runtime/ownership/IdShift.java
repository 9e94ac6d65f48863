package dev.confine.runtime.ownership;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import java.util.OptionalLong;

/**
 * From ids inside to ids outside, or back. An id that the map does not have stays as it is.
 *
 * @param back from outside to inside
 */
public record IdShift(IdMaps maps, boolean back) {
    private static final int ACL_HEADER = 4;
    private static final int ACL_ENTRY = 8;
    private static final int ACL_USER = 2;
    private static final int ACL_GROUP = 8;
    private static final int REVISION = 0xff00_0000;
    private static final int REVISION_2 = 0x0200_0000;
    private static final int REVISION_3 = 0x0300_0000;
    private static final int BYTES_2 = 20;
    private static final int BYTES_3 = 24;

    /** Whether a user has another id afterwards, or the same by the map. */
    public boolean hasUid(long id) {
        return of(maps.uids(), id).isPresent();
    }

    public boolean hasGid(long id) {
        return of(maps.gids(), id).isPresent();
    }

    public long uid(long id) {
        return of(maps.uids(), id).orElse(id);
    }

    public long gid(long id) {
        return of(maps.gids(), id).orElse(id);
    }

    private OptionalLong of(IdMap map, long id) {
        return back ? map.toInside(id) : map.toOutside(id);
    }

    /** The attribute {@code system.posix_acl_access} or {@code …_default} with its named users and groups translated. */
    byte[] list(byte[] list) {
        byte[] shifted = list.clone();
        for (int at = ACL_HEADER; at + ACL_ENTRY <= list.length; at += ACL_ENTRY) {
            int tag = list[at] & 0xff;
            if (tag == ACL_USER) {
                put(shifted, at + 4, uid(number(list, at + 4)));
            } else if (tag == ACL_GROUP) {
                put(shifted, at + 4, gid(number(list, at + 4)));
            }
        }
        return shifted;
    }

    /**
     * The attribute {@code security.capability}, capabilities(7): a program of a container has the capabilities that its root may give, so the id of that root goes
     * with the owner. Revision 2, of the host's root, becomes revision 3 where that root has another id, and the other way back.
     */
    byte[] capabilities(byte[] capabilities) {
        int magic = (int) number(capabilities, 0);
        boolean third = (magic & REVISION) == REVISION_3 && capabilities.length == BYTES_3;
        boolean second = (magic & REVISION) == REVISION_2 && capabilities.length == BYTES_2;
        if (!third && !second) {
            return capabilities.clone();
        }
        long root = uid(third ? number(capabilities, BYTES_2) : 0);
        byte[] shifted = new byte[root == 0 ? BYTES_2 : BYTES_3];
        System.arraycopy(capabilities, 0, shifted, 0, BYTES_2);
        put(shifted, 0, (magic & ~REVISION & 0xffff_ffffL) | (root == 0 ? REVISION_2 : REVISION_3));
        if (root != 0) {
            put(shifted, BYTES_2, root);
        }
        return shifted;
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = (number << 8) | (bytes[at + i] & 0xff);
        }
        return number;
    }

    private static void put(byte[] bytes, int at, long number) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (number >>> (8 * i));
        }
    }
}
