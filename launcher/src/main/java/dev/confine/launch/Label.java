package dev.confine.launch;

/** A place in a program that jumps can name before it is reached. Placed once, by {@link Assembler#place}. */
public final class Label {
    private int position = Instruction.NOWHERE;

    int position() {
        return position;
    }

    void placeAt(int instruction) {
        if (position != Instruction.NOWHERE) {
            throw new IllegalStateException("the label stands at " + position + " already");
        }
        position = instruction;
    }
}
