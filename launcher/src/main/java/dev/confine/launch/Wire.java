package dev.confine.launch;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Operand.Register;
import java.util.List;

/** Programs as bytes. The layout is that of docs/launch-program.md; it does not check what a program does. */
final class Wire {
    /** Bytes of an instruction. */
    static final int INSTRUCTION = 64;

    /** {@code dst} of an instruction without one. */
    static final int NO_REGISTER = 255;

    private static final int PROGRAM_HEADER = 16;

    private Wire() {}

    /** The PROGRAM frame. */
    static byte[] encode(Program program, Architecture architecture) {
        byte[] code = program.code(architecture);
        byte[] data = program.data();
        byte[] frame = Frame.room(FrameType.PROGRAM, 0, PROGRAM_HEADER + code.length + data.length);
        int at = Frame.HEADER;
        LittleEndian.put(frame, at, 4, program.instructions().size());
        LittleEndian.put(frame, at + 4, 4, program.relocations().size());
        LittleEndian.put(frame, at + 8, 4, data.length);
        at += PROGRAM_HEADER;
        System.arraycopy(code, 0, frame, at, code.length);
        System.arraycopy(data, 0, frame, at + code.length, data.length);
        return frame;
    }

    /** What is between the header and the data. */
    static byte[] code(Program program, Architecture architecture) {
        List<Instruction> instructions = program.instructions();
        if (instructions.size() >= Instruction.NOWHERE) {
            throw new IllegalArgumentException("a program of " + instructions.size() + " instructions");
        }
        List<Integer> relocations = program.relocations();
        byte[] code = new byte[INSTRUCTION * instructions.size() + 4 * relocations.size()];
        int at = 0;
        for (Instruction instruction : instructions) {
            put(code, at, instruction, architecture);
            at += INSTRUCTION;
        }
        for (int relocation : relocations) {
            LittleEndian.put(code, at, 4, relocation);
            at += 4;
        }
        return code;
    }

    private static void put(byte[] to, int at, Instruction instruction, Architecture architecture) {
        Register dst = instruction.dst();
        Syscall syscall = instruction.syscall();
        to[at] = (byte) instruction.op().code();
        to[at + 1] = (byte) (dst == null ? NO_REGISTER : dst.index());
        to[at + 2] = (byte) widthOrCondition(instruction);
        to[at + 3] = (byte) onError(instruction);
        fill(to, at + 4, instruction.errno());
        fill(to, at + 6, syscall == null ? 0 : syscall.number(architecture));
        fill(to, at + 8, instruction.target());
        fill(to, at + 12, instruction.step());
        int kinds = 0;
        List<Operand> args = instruction.args();
        for (int i = 0; i < args.size(); i++) {
            Operand arg = args.get(i);
            kinds |= kind(arg) << (2 * i);
            fill(to, at + 16 + 8 * i, value(arg));
        }
        fill(to, at + 10, kinds);
    }

    /** Puts a value where zeros are. Nearly all are small, and a JVM that has just started goes through this byte by byte. */
    private static void fill(byte[] to, int at, long value) {
        int place = at;
        for (long rest = value; rest != 0; rest >>>= 8) {
            to[place++] = (byte) rest;
        }
    }

    private static int widthOrCondition(Instruction instruction) {
        Condition condition = instruction.condition();
        return condition == null ? instruction.width() : condition.code();
    }

    private static int onError(Instruction instruction) {
        Instruction.OnError onError = instruction.onError();
        return onError == null ? 0 : onError.code();
    }

    private static int kind(Operand operand) {
        if (operand instanceof Immediate) {
            return 0;
        }
        return operand instanceof Register ? 1 : 2;
    }

    private static long value(Operand operand) {
        if (operand instanceof Immediate constant) {
            return constant.value();
        }
        return operand instanceof Register register ? register.index() : ((Data) operand).offset();
    }
}
