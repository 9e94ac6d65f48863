package dev.confine.runtime.cgroup;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Device rules as a program of BPF_PROG_TYPE_CGROUP_DEVICE, which is how v2 has them (Linux ≥ 4.15, bpf(2)). It is asked for an access to a device and goes through the rules
 * from the last one on, taking what a rule allows out of what is asked for: allowed when nothing is left, denied where a rule denies any of it.
 */
final class DeviceProgram {
    // registers
    private static final int RESULT = 0;
    private static final int CONTEXT = 1;
    private static final int ACCESS = 2;
    private static final int TYPE = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;

    // operations of linux/bpf_common.h and linux/bpf.h
    private static final int LOAD_32 = 0x61;
    private static final int MOVE = 0xb7;
    private static final int MOVE_REGISTER = 0xbf;
    private static final int AND = 0x57;
    private static final int SHIFT_RIGHT = 0x77;
    private static final int JUMP = 0x05;
    private static final int JUMP_NOT_EQUAL = 0x55;
    private static final int JUMP_SET = 0x45;
    private static final int EXIT = 0x95;

    // bpf_cgroup_dev_ctx: the access in the high half of the first word, the type in its low one
    private static final int BLOCK = 1;
    private static final int CHARACTER = 2;

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private DeviceProgram() {}

    static byte[] of(List<DeviceRule> rules) {
        DeviceProgram program = new DeviceProgram();
        program.add(LOAD_32, ACCESS, CONTEXT, 0, 0);
        program.add(MOVE_REGISTER, TYPE, ACCESS, 0, 0);
        program.add(AND, TYPE, 0, 0, 0xffff);
        program.add(SHIFT_RIGHT, ACCESS, 0, 0, 16);
        program.add(LOAD_32, MAJOR, CONTEXT, 4, 0);
        program.add(LOAD_32, MINOR, CONTEXT, 8, 0);
        for (int i = rules.size() - 1; i >= 0; i--) {
            program.rule(rules.get(i));
        }
        program.answer(0);
        return program.code.toByteArray();
    }

    private void rule(DeviceRule rule) {
        // how many instructions follow until the next rule
        int left = 4 + (rule.major() < 0 ? 0 : 1) + (rule.minor() < 0 ? 0 : 1) + (rule.type() == 'a' ? 0 : 1);
        if (rule.type() != 'a') {
            left--;
            add(JUMP_NOT_EQUAL, TYPE, 0, left, rule.type() == 'b' ? BLOCK : CHARACTER);
        }
        if (rule.major() >= 0) {
            left--;
            add(JUMP_NOT_EQUAL, MAJOR, 0, left, (int) rule.major());
        }
        if (rule.minor() >= 0) {
            left--;
            add(JUMP_NOT_EQUAL, MINOR, 0, left, (int) rule.minor());
        }
        if (rule.allow()) {
            add(AND, ACCESS, 0, 0, DeviceRule.EVERY_ACCESS & ~rule.access());
            add(JUMP_NOT_EQUAL, ACCESS, 0, 2, 0);
            answer(1);
        } else {
            add(JUMP_SET, ACCESS, 0, 1, rule.access());
            add(JUMP, 0, 0, 2, 0);
            answer(0);
        }
    }

    private void answer(int value) {
        add(MOVE, RESULT, 0, 0, value);
        add(EXIT, 0, 0, 0, 0);
    }

    /** A bpf_insn, little-endian. */
    private void add(int operation, int target, int source, int offset, int constant) {
        code.write(operation);
        code.write(target | (source << 4));
        code.write(offset);
        code.write(offset >> 8);
        for (int i = 0; i < 4; i++) {
            code.write(constant >> (8 * i));
        }
    }
}
