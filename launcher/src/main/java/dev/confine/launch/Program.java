package dev.confine.launch;

import java.util.List;

/**
 * A launch program: what the launcher executes. Immutable; made by {@link Assembler}, checked by the verifier, printed as a listing.
 *
 * @param instructions in the order of their indices
 * @param data the initial data segment; read and written by the program
 * @param relocations offsets of 8-byte words in {@code data} that hold an offset and become an address before the program starts
 * @param steps what the instructions belong to
 */
public record Program(List<Instruction> instructions, byte[] data, List<Integer> relocations, List<Step> steps) {
    public Program {
        instructions = List.copyOf(instructions);
        relocations = List.copyOf(relocations);
        steps = List.copyOf(steps);
    }

    /** The step with index {@code id}. */
    public Step step(int id) {
        return steps.get(id);
    }
}
