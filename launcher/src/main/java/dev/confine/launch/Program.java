package dev.confine.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A launch program: what the launcher executes. Immutable; made by {@link Assembler}, checked by the verifier, printed as a listing. */
public final class Program {
    private final List<Instruction> instructions;
    private final byte[] data;
    private final List<Integer> relocations;
    private final List<Step> steps;
    private final Code code;

    /**
     * @param instructions in the order of their indices
     * @param data the initial data segment; read and written by the program
     * @param relocations offsets of 8-byte words in {@code data} that hold an offset and become an address before the program starts
     * @param steps what the instructions belong to
     */
    public Program(List<Instruction> instructions, byte[] data, List<Integer> relocations, List<Step> steps) {
        this(List.copyOf(instructions), data, List.copyOf(relocations), List.copyOf(steps), new Code());
    }

    private Program(
            List<Instruction> instructions, byte[] data, List<Integer> relocations, List<Step> steps, Code code) {
        this.instructions = instructions;
        this.data = data;
        this.relocations = relocations;
        this.steps = steps;
        this.code = code;
    }

    /** The same instructions on other data of the same layout. */
    public Program with(byte[] otherData, List<Step> otherSteps) {
        return new Program(instructions, otherData, relocations, List.copyOf(otherSteps), code);
    }

    public List<Instruction> instructions() {
        return instructions;
    }

    public byte[] data() {
        return data;
    }

    public List<Integer> relocations() {
        return relocations;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The step with index {@code id}. */
    public Step step(int id) {
        return steps.get(id);
    }

    /** Instructions and relocations as the launcher reads them. */
    byte[] code(Architecture architecture) {
        Encoded known = code.encoded;
        if (known == null || known.architecture != architecture) {
            known = new Encoded(architecture, Wire.code(this, architecture));
            code.encoded = known;
        }
        return known.bytes;
    }

    /** What all programs with the same instructions have in common. */
    private static final class Code {
        private volatile @Nullable Encoded encoded;
    }

    private record Encoded(Architecture architecture, byte[] bytes) {}
}
