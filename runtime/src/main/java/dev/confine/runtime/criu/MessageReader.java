package dev.confine.runtime.criu;

import dev.confine.ConfineException;
import java.nio.charset.StandardCharsets;

/** The fields of a message in the encoding of protocol buffers, one after the other. A message that ends too early is refused. */
final class MessageReader {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;
    private static final int LONGEST_VARINT = 10;

    private final byte[] content;
    private final int end;
    private int at;
    private long number;
    private int start;
    private int length;

    MessageReader(byte[] content) {
        this(content, 0, content.length);
    }

    private MessageReader(byte[] content, int start, int end) {
        this.content = content;
        this.at = start;
        this.end = end;
    }

    /** The number of the next field, 0 after the last. */
    int next() {
        if (at == end) {
            return 0;
        }
        long key = varint();
        number = 0;
        length = 0;
        switch ((int) (key & 7)) {
            case VARINT -> number = varint();
            case EIGHT_BYTES -> skip(8);
            case FOUR_BYTES -> skip(4);
            case BYTES -> skip(varint());
            default -> throw broken();
        }
        return (int) (key >>> 3);
    }

    /** The field as a number. */
    long number() {
        return number;
    }

    /** The field as text. */
    String text() {
        return new String(content, start, length, StandardCharsets.UTF_8);
    }

    /** The field as a message of its own. */
    MessageReader message() {
        return new MessageReader(content, start, start + length);
    }

    private void skip(long count) {
        if (count < 0 || count > end - at) {
            throw broken();
        }
        start = at;
        length = (int) count;
        at += length;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (at == end) {
                throw broken();
            }
            byte next = content[at++];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private static ConfineException broken() {
        return new ConfineException("criu said something that is no message of its protocol");
    }
}
