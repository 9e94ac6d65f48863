package dev.confine.runtime.netlink;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of rtnetlink(7) while it is written: a nlmsghdr, the header of its family, attributes, each at a multiple of 4 bytes. What has a sequence number has 0, as
 * one question is asked at a time.
 */
public final class Message {
    /** Where a message about an interface or an address has the interface's index, 4 bytes. */
    public static final int INDEX = 20;
    /** Where the value of the first attribute of a message about an interface is. */
    public static final int FIRST_VALUE = 36;
    /** Where the answer to a message has the errno, 4 bytes, below zero; 0 where there is none. */
    public static final int ERROR = 16;

    static final int RTM_NEWLINK = 16;
    static final int RTM_NEWADDR = 20;
    static final int RTM_GETADDR = 22;
    private static final int NLM_F_REQUEST = 1;
    static final int NLM_F_ACK = 4;
    private static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_CREATE = 0x400;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFF_UP = 1;
    private static final int INTERFACE_FLAGS = 24;
    private static final int INTERFACE_CHANGE = 28;
    private static final int HEADER = 16;
    private static final int INTERFACE = 16;
    private static final int ADDRESS = 8;

    private byte[] bytes;

    private Message(int type, int flags, int header) {
        bytes = new byte[HEADER + header];
        put(4, 2, type);
        put(6, 2, NLM_F_REQUEST | flags);
    }

    /** Moves an interface to the network namespace whose file descriptor is at {@link #FIRST_VALUE}, where it is called {@code name}. */
    public static byte[] move(String name) {
        return link().attribute(IFLA_NET_NS_FD, new byte[4]).named(name).toBytes();
    }

    /** Gives an interface another name; the kernel puts a number in the place of {@code %d}. */
    public static byte[] rename(String name) {
        return link().named(name).toBytes();
    }

    /** Sets an interface up. */
    public static byte[] up() {
        return link().put(INTERFACE_FLAGS, 4, IFF_UP)
                .put(INTERFACE_CHANGE, 4, IFF_UP)
                .toBytes();
    }

    /** Asks for every address of every interface. */
    public static byte[] askForAddresses() {
        return new Message(RTM_GETADDR, NLM_F_DUMP, ADDRESS).toBytes();
    }

    /** One that gives an address to an interface. */
    static Message address(int family, int prefixLength, int index) {
        return new Message(RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE, ADDRESS)
                .put(HEADER, 1, family)
                .put(HEADER + 1, 1, prefixLength)
                .put(INDEX, 4, index);
    }

    private static Message link() {
        return new Message(RTM_NEWLINK, NLM_F_ACK, INTERFACE);
    }

    private Message named(String name) {
        return attribute(IFLA_IFNAME, (name + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds an attribute. */
    Message attribute(int type, byte[] value) {
        int at = aligned(bytes.length);
        bytes = Arrays.copyOf(bytes, at + 4 + value.length);
        put(at, 2, 4 + value.length);
        put(at + 2, 2, type);
        System.arraycopy(value, 0, bytes, at + 4, value.length);
        return this;
    }

    byte[] toBytes() {
        bytes = Arrays.copyOf(bytes, aligned(bytes.length));
        put(0, 4, bytes.length);
        return bytes;
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    private Message put(int at, int width, int value) {
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
        return this;
    }
}
