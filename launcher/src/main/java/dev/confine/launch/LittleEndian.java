package dev.confine.launch;

/** Integers in byte arrays, lowest byte first, as everything on the wire is. */
final class LittleEndian {
    private LittleEndian() {}

    static void put(byte[] bytes, int at, int width, long value) {
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    /** Zero-extended. */
    static long get(byte[] bytes, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }
}
