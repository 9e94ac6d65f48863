package dev.confine.launch.verify;

import dev.confine.launch.Instruction;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import org.jspecify.annotations.Nullable;

/** One instruction, as rules look at it: its arguments as constants, texts and structs, as far as they are known before it runs. */
final class Site {
    private static final Operand ZERO = Operand.of(0);

    private final int index;
    private final Instruction instruction;
    private final Memory memory;

    Site(Program program, int index, Memory memory) {
        this.index = index;
        this.instruction = program.instructions().get(index);
        this.memory = memory;
    }

    int index() {
        return index;
    }

    /** An argument; those that are left out are 0. */
    Operand arg(int number) {
        return number < instruction.args().size() ? instruction.args().get(number) : ZERO;
    }

    boolean isConstant(int number) {
        return arg(number) instanceof Immediate;
    }

    boolean is(int number, long value) {
        return arg(number) instanceof Immediate constant && constant.value() == value;
    }

    /** Whether an argument is a constant with all of these bits. */
    boolean has(int number, long bits) {
        return arg(number) instanceof Immediate constant && (constant.value() & bits) == bits;
    }

    /** Whether an argument may have one of these bits: it has, or it is computed. */
    boolean mayHave(int number, long bits) {
        return !(arg(number) instanceof Immediate constant) || (constant.value() & bits) != 0;
    }

    boolean isRegister(int number) {
        return arg(number) instanceof Register;
    }

    /** The initial text at an argument that is data, else null; the program may change it unless {@link #isFixed}. */
    @Nullable
    String text(int number) {
        return arg(number) instanceof Data data ? memory.text(data.offset()) : null;
    }

    /** Whether the text at an argument is never written to. */
    boolean isFixed(int number) {
        return arg(number) instanceof Data data && memory.isConstant(data.offset(), memory.length(data.offset()) + 1);
    }

    /** Whether an argument is this text, and stays it. */
    boolean isText(int number, String text) {
        return text.equals(text(number)) && isFixed(number);
    }

    /** Whether {@code size} bytes at {@code offset} of the struct at an argument are never written to. */
    boolean isFixed(int number, int offset, int size) {
        return arg(number) instanceof Data data && memory.isConstant(data.offset() + offset, size);
    }

    /** Whether the pointer at {@code offset} of the struct at an argument leads to {@code size} bytes of the data that are never written to. */
    boolean pointsToFixed(int number, int offset, int size) {
        return arg(number) instanceof Data data
                && memory.isPointer(data.offset() + offset)
                && memory.isConstant((int) memory.word(data.offset() + offset, 8), size);
    }

    /** A word of the struct at an argument that {@link #isFixed}. */
    long word(int number, int offset, int width) {
        return arg(number) instanceof Data data ? memory.word(data.offset() + offset, width) : 0;
    }
}
