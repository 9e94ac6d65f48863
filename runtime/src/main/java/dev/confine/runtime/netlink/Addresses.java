package dev.confine.runtime.netlink;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses of the interfaces of a network namespace, as the kernel tells them, to be given anew to an interface that was moved elsewhere and lost them. Those of
 * global scope that somebody has set: what the kernel makes itself it makes again.
 */
public final class Addresses {
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int SCOPE_GLOBAL = 0;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_RT_PRIORITY = 9;
    private static final int IFA_PROTO = 11;
    private static final int IFA_F_PERMANENT = 0x80;
    /** IFA_F_NODAD, HOMEADDRESS, MANAGETEMPADDR, NOPREFIXROUTE, MCAUTOJOIN: what is asked for, and not a state. */
    private static final int ASKED_FOR = 0x02 | 0x10 | 0x100 | 0x200 | 0x400;

    private static final int HEADER = 16;
    private static final int ATTRIBUTES = HEADER + 8;
    /** Bits that say how an attribute's value is stored. */
    private static final int TYPE = 0x3fff;

    private final List<byte[]> messages = new ArrayList<>();

    /**
     * Takes what one recvfrom(2) has read.
     *
     * @return whether more is to come
     */
    public boolean take(byte[] read) {
        int at = 0;
        while (at + HEADER <= read.length) {
            int length = get(read, at, 4);
            if (length < HEADER || length > read.length - at) {
                throw new ConfineException("the kernel's list of network addresses is cut off");
            }
            int type = get(read, at + 4, 2);
            if (type == NLMSG_DONE) {
                return false;
            }
            if (type == NLMSG_ERROR) {
                int errno = length < HEADER + 4 ? 0 : -get(read, at + Message.ERROR, 4);
                throw new ConfineException("list the network addresses: " + Errno.describe(errno));
            }
            if (type == Message.RTM_NEWADDR && length >= ATTRIBUTES) {
                messages.add(Arrays.copyOfRange(read, at, at + length));
            }
            at += Message.aligned(length);
        }
        return true;
    }

    /** The messages that give those of the interface {@code from} to the interface {@code to}, elsewhere. */
    public List<byte[]> moved(int from, int to) {
        List<byte[]> moved = new ArrayList<>();
        for (byte[] message : messages) {
            boolean global = message[HEADER + 3] == SCOPE_GLOBAL;
            if (get(message, Message.INDEX, 4) == from && global && (flags(message) & IFA_F_PERMANENT) != 0) {
                moved.add(copy(message, to));
            }
        }
        return moved;
    }

    private static byte[] copy(byte[] message, int index) {
        Message copy = Message.address(message[HEADER], message[HEADER + 1] & 0xff, index);
        for (int at = ATTRIBUTES; hasAttribute(message, at); at += Message.aligned(get(message, at, 2))) {
            int type = get(message, at + 2, 2) & TYPE;
            byte[] value = Arrays.copyOfRange(message, at + 4, at + get(message, at, 2));
            switch (type) {
                case IFA_ADDRESS, IFA_LOCAL, IFA_BROADCAST, IFA_RT_PRIORITY, IFA_PROTO -> copy.attribute(type, value);
                default -> {}
            }
        }
        int flags = flags(message) & ASKED_FOR;
        return copy.attribute(IFA_FLAGS, new byte[] {(byte) flags, (byte) (flags >>> 8), 0, 0})
                .toBytes();
    }

    /** Those of the attribute, which are more than the header has room for. */
    private static int flags(byte[] message) {
        for (int at = ATTRIBUTES; hasAttribute(message, at); at += Message.aligned(get(message, at, 2))) {
            if ((get(message, at + 2, 2) & TYPE) == IFA_FLAGS && get(message, at, 2) >= 8) {
                return get(message, at + 4, 4);
            }
        }
        return message[HEADER + 2] & 0xff;
    }

    private static boolean hasAttribute(byte[] message, int at) {
        return at + 4 <= message.length && get(message, at, 2) >= 4 && at + get(message, at, 2) <= message.length;
    }

    private static int get(byte[] bytes, int at, int width) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
