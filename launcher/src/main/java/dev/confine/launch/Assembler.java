package dev.confine.launch;

import dev.confine.launch.Instruction.OnError;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a launch program, instruction by instruction. One assembler makes one program. It knows registers, labels and the data segment;
 * what makes a program a good one is the verifier's.
 */
public final class Assembler {
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> relocations = new ArrayList<>();
    private final Map<String, Data> texts = new HashMap<>();
    /** A bit for each register. */
    private long taken;

    private byte[] data = new byte[4096];
    private int dataSize;

    /** All instructions that follow belong to this step. */
    public void step(String what, String pointer) {
        steps.add(new Step(what, pointer));
    }

    /** The number of the step that instructions belong to now. */
    public int currentStep() {
        return steps.size() - 1;
    }

    // ---- data

    /** {@code text} in UTF-8 with a closing NUL; the same text is stored once, so it must not be written to. */
    public Data text(String text) {
        Data known = texts.get(text);
        if (known == null) {
            known = bytes((text + "\0").getBytes(StandardCharsets.UTF_8));
            texts.put(text, known);
        }
        return known;
    }

    /** A copy of {@code content}, 8-byte aligned. */
    public Data bytes(byte[] content) {
        Data at = zeros(content.length);
        System.arraycopy(content, 0, data, at.offset(), content.length);
        return at;
    }

    /** {@code size} zero bytes, 8-byte aligned. */
    public Data zeros(int size) {
        int at = (dataSize + 7) & ~7;
        if (at + size > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, at + size));
        }
        dataSize = at + size;
        return new Data(at);
    }

    /** Sets {@code width} bytes of the initial data, little-endian. */
    public void set(Data at, int width, long value) {
        for (int i = 0; i < width; i++) {
            data[at.offset() + i] = (byte) (value >>> (8 * i));
        }
    }

    /** The 8 bytes at {@code at} will hold the address of {@code target}. */
    public void pointer(Data at, Data target) {
        set(at, 8, target.offset());
        relocations.add(at.offset());
    }

    /** A struct of 64-bit words; a {@link Data} among them becomes its address. */
    public Data words(Operand... words) {
        Data at = zeros(8 * words.length);
        for (int i = 0; i < words.length; i++) {
            Data word = at.plus(8 * i);
            if (words[i] instanceof Data target) {
                pointer(word, target);
            } else if (words[i] instanceof Operand.Immediate constant) {
                set(word, 8, constant.value());
            } else {
                throw new IllegalArgumentException("a register cannot be initial data");
            }
        }
        return at;
    }

    // ---- registers

    /** A register that is not in use. */
    public Register register() {
        Register register = new Register(Long.numberOfTrailingZeros(~taken));
        taken |= 1L << register.index();
        return register;
    }

    /** Gives registers back. */
    public void release(Register... registers) {
        for (Register register : registers) {
            taken &= ~(1L << register.index());
        }
    }

    // ---- instructions

    /** A system call; what it does on error is said on the result, by default it fails. */
    public Call call(Syscall syscall, Operand... args) {
        Draft draft = add(Op.SYSCALL, args);
        draft.syscall = syscall;
        draft.onError = OnError.FAIL;
        return new Call(draft);
    }

    public void load(Register dst, int width, Data base, Operand index) {
        Draft draft = add(Op.LOAD, base, index);
        draft.dst = dst;
        draft.width = width;
    }

    /** As {@link #load(Register, int, Data, Operand)}, from the address that a register holds. */
    public void load(Register dst, int width, Register base, Operand index) {
        Draft draft = add(Op.LOAD, base, index);
        draft.dst = dst;
        draft.width = width;
    }

    public void store(int width, Data base, Operand index, Operand value) {
        add(Op.STORE, base, index, value).width = width;
    }

    public void add(Register dst, Operand left, Operand right) {
        add(Op.ADD, left, right).dst = dst;
    }

    /** {@code dst = value}. */
    public void move(Register dst, Operand value) {
        add(dst, value, Operand.of(0));
    }

    public void jump(Label target) {
        add(Op.JUMP).label = target;
    }

    public void jumpIf(Operand left, Condition condition, Operand right, Label target) {
        Draft draft = add(Op.JUMP_IF, left, right);
        draft.condition = condition;
        draft.label = target;
    }

    /** Decimal digits of {@code value} at {@code at}; {@code dst} takes their count. */
    public void format(Register dst, Operand value, Data at, int size) {
        add(Op.FORMAT, value, at, Operand.of(size)).dst = dst;
    }

    /** As {@link #format(Register, Operand, Data, int)}, at the address that a register holds. */
    public void format(Register dst, Operand value, Register at, int size) {
        add(Op.FORMAT, value, at, Operand.of(size)).dst = dst;
    }

    public void send(int tag, Operand value) {
        add(Op.SEND, Operand.of(tag), value);
    }

    public void sendBytes(int tag, Data at, Operand count) {
        add(Op.SEND_BYTES, Operand.of(tag), at, count);
    }

    /** As {@link #sendBytes(int, Data, Operand)}, from the address that a register holds. */
    public void sendBytes(int tag, Register at, Operand count) {
        add(Op.SEND_BYTES, Operand.of(tag), at, count);
    }

    /** Waits for data from Java. {@code signals}: a signalfd that interrupts the wait, or the constant -1. */
    public void receive(Register count, Data at, int size, Operand signals) {
        add(Op.RECEIVE, at, Operand.of(size), signals).dst = count;
    }

    /** Where this process goes on after a failure; null: nowhere, it ends. */
    public void onFailure(@Nullable Label target) {
        add(Op.ON_FAILURE).label = target;
    }

    /** From here on a failure of this process is one of the step that {@code number} says, not of the instruction's own; -1 takes that back. */
    public void reportAs(Operand number) {
        add(Op.REPORT_AS, number);
    }

    public void releaseConversation() {
        add(Op.RELEASE);
    }

    public void fail(Operand errno) {
        add(Op.FAIL, errno);
    }

    public void exit(Operand code) {
        add(Op.EXIT, code);
    }

    public void end() {
        add(Op.END);
    }

    /** The next instruction is where jumps to {@code label} go. */
    public void place(Label label) {
        label.placeAt(drafts.size());
    }

    /** The finished program. */
    public Program assemble() {
        List<Instruction> instructions = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            instructions.add(draft.finish());
        }
        return new Program(instructions, Arrays.copyOf(data, dataSize), relocations, steps);
    }

    private Draft add(Op op, Operand... args) {
        if (steps.isEmpty()) {
            throw new IllegalStateException("an instruction before the first step");
        }
        Draft draft = new Draft(op, steps.size() - 1, drafts.size(), List.of(args));
        drafts.add(draft);
        return draft;
    }

    /** What a system call does with its result and its errors. */
    public static final class Call {
        private final Draft draft;

        private Call(Draft draft) {
            this.draft = draft;
        }

        /** The register that takes the result, {@code -errno} on an error that is jumped on. */
        public Call into(Register dst) {
            draft.dst = dst;
            return this;
        }

        /** This error is no failure: the program goes on with the next instruction. */
        public Call ignoring(Errno errno) {
            draft.onError = OnError.JUMP_ON;
            draft.errno = errno.number();
            return this;
        }

        /** No error is a failure. */
        public Call ignoringErrors() {
            draft.onError = OnError.JUMP;
            return this;
        }

        public Call onError(Errno errno, Label target) {
            draft.label = target;
            return ignoring(errno);
        }

        public Call onAnyError(Label target) {
            draft.label = target;
            return ignoringErrors();
        }

        /** EINTR repeats the call. */
        public Call repeating() {
            draft.repeats = true;
            return ignoring(Errno.EINTR);
        }
    }

    /** An instruction whose jumps may not be placed yet. */
    private static final class Draft {
        private final Op op;
        private final int step;
        private final int position;
        private final List<Operand> args;
        private @Nullable Register dst;
        private int width;
        private @Nullable Condition condition;
        private @Nullable OnError onError;
        private int errno;
        private @Nullable Label label;
        private @Nullable Syscall syscall;
        private boolean repeats;

        private Draft(Op op, int step, int position, List<Operand> args) {
            this.op = op;
            this.step = step;
            this.position = position;
            this.args = args;
        }

        private Instruction finish() {
            return new Instruction(op, dst, width, condition, onError, errno, target(), syscall, step, args);
        }

        private int target() {
            if (label != null) {
                if (label.position() == Instruction.NOWHERE) {
                    throw new IllegalStateException("a label that was never placed, used at " + position);
                }
                return label.position();
            }
            if (onError == null || onError == OnError.FAIL) {
                return Instruction.NOWHERE;
            }
            return repeats ? position : position + 1;
        }
    }
}
