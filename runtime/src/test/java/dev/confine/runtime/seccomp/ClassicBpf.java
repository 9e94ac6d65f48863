package dev.confine.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel would, for what seccomp(2) lets a filter do. */
final class ClassicBpf {
    private final ByteBuffer code;

    ClassicBpf(byte[] filter) {
        this.code = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the filter says to a call: a SECCOMP_RET_… value. */
    int decide(int arch, int nr, long... args) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(nr).putInt(arch).putLong(0);
        for (long arg : args) {
            data.putLong(arg);
        }
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int operation = code.getShort(8 * at);
            int ifTrue = code.get(8 * at + 2) & 0xff;
            int ifFalse = code.get(8 * at + 3) & 0xff;
            int constant = code.getInt(8 * at + 4);
            switch (operation) {
                case 0x20 -> accumulator = data.getInt(constant);
                case 0x54 -> accumulator &= constant;
                case 0x05 -> at += constant;
                case 0x15 -> at += accumulator == constant ? ifTrue : ifFalse;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, constant) > 0 ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, constant) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & constant) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return constant;
                }
                default -> throw new AssertionError("operation " + Integer.toHexString(operation) + " at " + at);
            }
        }
    }
}
