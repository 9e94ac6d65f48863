package dev.confine.launch.verify;

import dev.confine.launch.Instruction;
import dev.confine.launch.Op;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.util.List;

/**
 * Checks that a program keeps the invariants: on every path, in every process it makes, whichever system call fails.
 *
 * <p>What it does not see: memory that a system call writes beyond its known size, and the value of a register other than zero or not zero.
 * Where a rule needs a constant (a flag, a path, a struct) and the program computes it, the program is refused.
 */
public final class Verifier {
    private static final Rule[] RULES = {
        new CloneRule(),
        new MessengerRule(),
        new CloseOnExecRule(),
        new PathRule(),
        new MountRule(),
        new IdentityRule(),
        new LastRule(),
        new ExecRule(),
    };

    private Verifier() {}

    /** All breaches, in the order of the instructions; empty for a good program. */
    public static List<Breach> check(Program program) {
        Findings findings = new Findings(program);
        ShapeCheck.check(program, findings);
        if (findings.isEmpty()) {
            Memory memory = new Memory(program);
            Flow flow = new Flow(program, memory, findings);
            flow.follow();
            judge(program, memory, flow, findings);
        }
        return findings.sorted();
    }

    private static void judge(Program program, Memory memory, Flow flow, Findings findings) {
        List<Instruction> instructions = program.instructions();
        State[][] processes = flow.processes();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            Syscall syscall = instruction.op() == Op.SYSCALL ? instruction.syscall() : null;
            Site site = syscall == null ? null : new Site(program, i, memory);
            for (int process = 0; process < processes.length; process++) {
                State before = processes[process][i];
                if (before != null) {
                    RegisterCheck.check(i, instruction, before, findings);
                    if (syscall != null && site != null) {
                        judge(site, syscall, before, findings);
                    }
                }
            }
        }
    }

    private static void judge(Site site, Syscall syscall, State before, Findings findings) {
        for (Rule rule : RULES) {
            rule.check(site, syscall, before, findings);
        }
    }
}
