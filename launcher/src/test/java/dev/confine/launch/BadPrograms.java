package dev.confine.launch;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import java.util.ArrayList;
import java.util.List;

/** Frames with programs that each have one thing wrong, which the launcher must see before it runs the first instruction. */
final class BadPrograms {
    private static final int COUNTS = Frame.HEADER;
    private static final int CODE = COUNTS + 16;

    // indices of the good program's instructions
    private static final int CALL = 0;
    private static final int LOAD = 1;
    private static final int STORE = 2;
    private static final int FORMAT = 3;
    private static final int SEND_BYTES = 4;
    private static final int RECEIVE = 5;
    private static final int JUMP = 6;
    private static final int JUMP_IF = 7;
    private static final int ON_FAILURE = 8;
    private static final int SEND = 9;
    private static final int END = 10;
    private static final int INSTRUCTIONS = 11;
    private static final int RELOCATIONS = CODE + INSTRUCTIONS * Wire.INSTRUCTION;
    private static final int DATA_SIZE = 32;

    // fields of an instruction
    private static final int OP = 0;
    private static final int DST = 1;
    private static final int WIDTH = 2;
    private static final int ON_ERROR = 3;
    private static final int TARGET = 8;
    private static final int KINDS = 10;
    private static final int ARGS = 16;

    private final byte[] good;
    private final List<byte[]> all = new ArrayList<>();

    private BadPrograms(byte[] good) {
        this.good = good;
    }

    static List<byte[]> all(Architecture architecture) {
        BadPrograms programs = new BadPrograms(Wire.encode(good(), architecture));
        programs.counts();
        programs.instructions();
        programs.places();
        programs.relocations();
        return programs.all;
    }

    static Program good() {
        Assembler program = new Assembler();
        Register register = program.register();
        Label end = new Label();
        program.step("good", "");
        Data data = program.zeros(DATA_SIZE - 8);
        program.pointer(program.zeros(8), data);
        program.call(Syscall.GETPID).into(register).ignoringErrors();
        program.load(register, 8, data, Operand.of(0));
        program.store(8, data, Operand.of(0), register);
        program.format(register, register, data, 24);
        program.sendBytes(1, data, Operand.of(24));
        program.receive(register, data, 24, Operand.of(-1));
        program.jump(end);
        program.jumpIf(register, Condition.EQUAL, Operand.of(0), end);
        program.onFailure(end);
        program.send(1, register);
        program.place(end);
        program.end();
        return program.assemble();
    }

    private void counts() {
        wrong(COUNTS, 4, 0);
        wrong(COUNTS, 4, INSTRUCTIONS + 1);
        wrong(COUNTS, 4, 0xffff);
        wrong(COUNTS, 4, 0x8000_0001);
        wrong(COUNTS + 4, 4, 0);
        wrong(COUNTS + 4, 4, -1);
        wrong(COUNTS + 8, 4, DATA_SIZE - 1);
        wrong(COUNTS + 8, 4, -1);
    }

    private void instructions() {
        wrong(at(END, OP), 1, Op.values().length);
        wrong(at(CALL, DST), 1, Register.COUNT);
        wrong(at(LOAD, DST), 1, 254);
        wrong(at(LOAD, WIDTH), 1, 3);
        wrong(at(STORE, WIDTH), 1, 0);
        wrong(at(STORE, WIDTH), 1, 16);
        wrong(at(JUMP_IF, WIDTH), 1, Condition.values().length);
        wrong(at(CALL, ON_ERROR), 1, Instruction.OnError.values().length);
        wrong(at(CALL, TARGET), 2, INSTRUCTIONS);
        wrong(at(CALL, TARGET), 2, Instruction.NOWHERE);
        wrong(at(JUMP, TARGET), 2, INSTRUCTIONS);
        wrong(at(JUMP_IF, TARGET), 2, Instruction.NOWHERE);
        wrong(at(ON_FAILURE, TARGET), 2, INSTRUCTIONS);
        wrong(at(LOAD, TARGET), 2, 0);
        wrong(at(CALL, KINDS), 2, 3);
        wrong(at(CALL, KINDS), 2, 1 << 12);
        wrong(at(END, KINDS), 2, 1);
        wrong(at(END, ARGS), 8, 1);
        wrong(at(SEND, KINDS), 2, 0b0101);
        wrong(at(SEND, ARGS + 8), 8, Register.COUNT);
        wrong(at(SEND, ARGS + 8), 8, -1);
    }

    private void places() {
        wrong(at(LOAD, KINDS), 2, 0);
        wrong(at(LOAD, ARGS), 8, DATA_SIZE + 1);
        wrong(at(LOAD, ARGS), 8, DATA_SIZE - 7);
        wrong(at(LOAD, ARGS), 8, -1);
        wrong(at(LOAD, ARGS + 8), 8, DATA_SIZE - 7);
        wrong(at(LOAD, ARGS + 8), 8, -1);
        wrong(at(STORE, ARGS + 8), 8, Long.MIN_VALUE);
        wrong(at(FORMAT, ARGS + 16), 8, DATA_SIZE + 1);
        wrong(at(FORMAT, KINDS), 2, 0b0001);
        wrong(at(SEND_BYTES, ARGS + 16), 8, DATA_SIZE + 1);
        wrong(at(SEND_BYTES, ARGS + 16), 8, -1);
        wrong(at(SEND_BYTES, ARGS + 8), 8, DATA_SIZE);
        wrong(at(RECEIVE, ARGS + 8), 8, DATA_SIZE + 1);
        wrong(at(RECEIVE, ARGS), 8, DATA_SIZE);
    }

    private void relocations() {
        wrong(RELOCATIONS, 4, DATA_SIZE - 7);
        wrong(RELOCATIONS, 4, -1);
        wrong(RELOCATIONS + 4 + DATA_SIZE - 8, 8, DATA_SIZE + 1);
        wrong(RELOCATIONS + 4 + DATA_SIZE - 8, 8, -1);
    }

    private static int at(int instruction, int field) {
        return CODE + instruction * Wire.INSTRUCTION + field;
    }

    private void wrong(int at, int width, long value) {
        byte[] bad = good.clone();
        LittleEndian.put(bad, at, width, value);
        all.add(bad);
    }
}
