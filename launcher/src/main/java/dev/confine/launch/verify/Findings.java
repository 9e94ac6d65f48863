package dev.confine.launch.verify;

import dev.confine.launch.Program;
import dev.confine.launch.Step;
import java.util.ArrayList;
import java.util.List;

/** The breaches found so far; the same one is kept once, in however many processes it was seen. */
final class Findings {
    private final Program program;
    private final List<Breach> breaches = new ArrayList<>();

    Findings(Program program) {
        this.program = program;
    }

    void add(int instruction, String reason) {
        int step = instruction < program.instructions().size()
                ? program.instructions().get(instruction).step()
                : -1;
        Step where = step >= 0 && step < program.steps().size() ? program.step(step) : new Step("no step", "");
        Breach breach = new Breach(instruction, where, reason);
        if (!breaches.contains(breach)) {
            breaches.add(breach);
        }
    }

    boolean isEmpty() {
        return breaches.isEmpty();
    }

    List<Breach> sorted() {
        // there are few, and rules find them nearly in order
        List<Breach> sorted = new ArrayList<>();
        for (Breach breach : breaches) {
            int at = sorted.size();
            while (at > 0 && sorted.get(at - 1).instruction() > breach.instruction()) {
                at--;
            }
            sorted.add(at, breach);
        }
        return sorted;
    }
}
