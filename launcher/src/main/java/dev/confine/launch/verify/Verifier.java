package dev.confine.launch.verify;

import dev.confine.launch.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a program keeps the invariants: on every path, in every process it makes, whichever system call fails.
 *
 * <p>What it does not see: memory that a system call writes beyond its known size, and the value of a register other than zero or not zero.
 * Where a rule needs a constant (a flag, a path, a struct) and the program computes it, the program is refused.
 */
public final class Verifier {
    private static final Rule[] RULES = {
        new RegisterRule(),
        new CloneRule(),
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
            Flow flow = new Flow(program, findings);
            flow.follow();
            judge(program, flow, findings);
        }
        return findings.sorted();
    }

    private static void judge(Program program, Flow flow, Findings findings) {
        Memory memory = new Memory(program);
        int count = program.instructions().size();
        List<State[]> processes = new ArrayList<>(flow.processes());
        for (int i = 0; i < count; i++) {
            Site site = null;
            for (State[] process : processes) {
                State before = process[i];
                if (before == null) {
                    continue;
                }
                if (site == null) {
                    site = new Site(program, i, memory);
                }
                for (Rule rule : RULES) {
                    rule.check(site, before, findings);
                }
            }
        }
    }
}
