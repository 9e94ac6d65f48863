package dev.confine.launch.verify;

import dev.confine.launch.Instruction;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Program;
import java.util.List;

/** That jumps, data and steps are within the program; the rest of the verifier relies on it, and the launcher would refuse it. */
final class ShapeCheck {
    private ShapeCheck() {}

    static void check(Program program, Findings findings) {
        List<Instruction> instructions = program.instructions();
        if (instructions.isEmpty() || instructions.size() >= Instruction.NOWHERE) {
            findings.add(0, "the program has " + instructions.size() + " instructions");
        }
        for (int i = 0; i < instructions.size(); i++) {
            check(program, i, instructions.get(i), findings);
        }
        for (int at : program.relocations()) {
            if (at < 0 || at > program.data().length - 8) {
                findings.add(0, "a relocation at " + at + " is outside of the data");
            }
        }
    }

    private static void check(Program program, int index, Instruction instruction, Findings findings) {
        int target = instruction.target();
        if (target != Instruction.NOWHERE
                && (target < 0 || target >= program.instructions().size())) {
            findings.add(index, "it jumps to " + target + ", outside of the program");
        }
        if (instruction.step() < 0 || instruction.step() >= program.steps().size()) {
            findings.add(index, "it belongs to no step");
        }
        List<Operand> args = instruction.args();
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i) instanceof Data data && (data.offset() < 0 || data.offset() > program.data().length)) {
                findings.add(index, "offset " + data.offset() + " is outside of the data");
            }
        }
    }
}
