package dev.confine.launch.verify;

import dev.confine.launch.Instruction;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Register;
import java.util.List;

/** Every register is written before it is read, on every way, also those that a failure takes. */
final class RegisterCheck {
    private RegisterCheck() {}

    static void check(int index, Instruction instruction, State before, Findings findings) {
        List<Operand> args = instruction.args();
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i) instanceof Register register && !before.isWritten(register.index())) {
                findings.add(index, "register " + register.index() + " is read before it is written");
            }
        }
    }
}
