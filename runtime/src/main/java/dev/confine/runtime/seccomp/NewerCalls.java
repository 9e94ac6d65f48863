package dev.confine.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a filter says to system calls that are newer than the newest it names: ENOSYS, as a kernel without them would. A C library tries a new call and falls
 * back to an old one on ENOSYS only; the EPERM or the signal of a profile from before the call would break every program with a newer C library. Peers do
 * the same. It is code that goes before the filter.
 */
final class NewerCalls {
    private static final int LD_ABS = 0x20;
    private static final int JEQ = 0x15;
    private static final int JGT = 0x25;
    private static final int JGE = 0x35;
    private static final int JA = 0x05;
    private static final int RET = 0x06;

    // offsets in seccomp_data
    private static final int NR = 0;
    private static final int ARCH = 4;

    private static final int X86_64 = 0xc000003e;
    private static final int X32_BIT = 0x40000000;
    private static final int RET_ENOSYS = 0x00050000 | 38;

    /** The sections come one after the other, so this is above what 23 architectures take. */
    private static final int MOST_BYTES = 256 * Filters.INSTRUCTION;

    private final Map<Integer, Integer> newest = new LinkedHashMap<>();
    private int newestX32;

    /** The newest call of an architecture, as the kernel audits it, that the filter names; with x32's bit for x32. */
    void newest(int arch, int number) {
        if (number <= 0) {
            return;
        }
        if (arch == X86_64 && (number & X32_BIT) != 0) {
            newestX32 = number;
        } else {
            newest.put(arch, number);
        }
    }

    /** The code before the filter, empty where there is none to be. */
    byte[] code() {
        ByteBuffer code = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<Integer, Integer> arch : newest.entrySet()) {
            if (code.position() == 0) {
                put(code, LD_ABS, 0, 0, ARCH);
            }
            section(code, arch.getKey(), arch.getValue());
        }
        int size = code.position();
        for (int at = 0; at < size; at += Filters.INSTRUCTION) {
            if (code.getShort(at) == JA) {
                code.putInt(at + 4, (size - at) / Filters.INSTRUCTION - 1);
            }
        }
        byte[] bytes = new byte[size];
        code.flip().get(bytes);
        return bytes;
    }

    /** Begins and, for another architecture, ends with the architecture loaded. */
    private void section(ByteBuffer code, int arch, int number) {
        if (arch != X86_64) {
            put(code, JEQ, 0, 4, arch);
            put(code, LD_ABS, 0, 0, NR);
            put(code, JGT, 0, 1, number);
        } else {
            int bound = newestX32 == 0 ? -1 : newestX32;
            put(code, JEQ, 0, 6, arch);
            put(code, LD_ABS, 0, 0, NR);
            put(code, JGE, 0, 1, X32_BIT);
            put(code, JGT, 1, 2, bound);
            put(code, JGT, 0, 1, number);
        }
        put(code, RET, 0, 0, RET_ENOSYS);
        // to the filter, which is not known how far from here yet
        put(code, JA, 0, 0, 0);
    }

    private static void put(ByteBuffer code, int operation, int ifTrue, int ifFalse, int constant) {
        code.putShort((short) operation);
        code.put((byte) ifTrue);
        code.put((byte) ifFalse);
        code.putInt(constant);
    }
}
