package dev.confine.launch;

/** What an instruction is applied to. A value only; it does not know the program it belongs to. */
public sealed interface Operand {

    /** A constant. */
    record Immediate(long value) implements Operand {}

    /** One of the 64 registers. */
    record Register(int index) implements Operand {
        public Register {
            if (index < 0 || index >= COUNT) {
                throw new IllegalArgumentException("register " + index + " of " + COUNT);
            }
        }

        public static final int COUNT = 64;
    }

    /** An address: this many bytes into the data segment. */
    record Data(int offset) implements Operand {
        /** The address {@code bytes} further on. */
        public Data plus(int bytes) {
            return new Data(offset + bytes);
        }
    }

    static Immediate of(long value) {
        return new Immediate(value);
    }
}
