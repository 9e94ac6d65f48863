package dev.confine.launch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * One message from the launcher.
 *
 * @param type a code of {@link FrameType}, or one this side does not know
 * @param tag what the payload is about
 * @param payload may be empty
 */
record Frame(int type, int tag, byte[] payload) {
    /** Bytes before the payload. */
    static final int HEADER = 12;

    /** The largest payload, in either direction. */
    static final int LIMIT = 16 << 20;

    /** The next frame; an {@link EOFException} when the other end is gone, even between two frames. */
    static Frame read(InputStream in) throws IOException {
        byte[] header = exactly(in, HEADER);
        long length = LittleEndian.get(header, 8, 4);
        if (length > LIMIT) {
            throw new IOException("a frame of " + length + " bytes");
        }
        int type = (int) LittleEndian.get(header, 0, 4);
        int tag = (int) LittleEndian.get(header, 4, 4);
        return new Frame(type, tag, exactly(in, (int) length));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int have = 0;
        while (have < length) {
            int count = in.read(bytes, have, length - have);
            if (count < 0) {
                throw new EOFException("the launcher ended");
            }
            have += count;
        }
        return bytes;
    }

    /** A frame for the launcher: header and payload in one array, because it must reach the socket in one write. */
    static byte[] encode(FrameType type, int tag, byte[] payload) {
        byte[] frame = room(type, tag, payload.length);
        System.arraycopy(payload, 0, frame, HEADER, payload.length);
        return frame;
    }

    /** As {@link #encode}, with a payload of zeros to be filled in from {@link #HEADER} on. */
    static byte[] room(FrameType type, int tag, int length) {
        if (length > LIMIT) {
            throw new IllegalArgumentException("a frame of " + length + " bytes, more than " + LIMIT);
        }
        byte[] frame = new byte[HEADER + length];
        LittleEndian.put(frame, 0, 4, type.code());
        LittleEndian.put(frame, 4, 4, tag);
        LittleEndian.put(frame, 8, 4, length);
        return frame;
    }
}
