package dev.confine.runtime.compile;

import dev.confine.launch.Program;
import java.util.List;

/** A launch program with what is known about its failures. */
public record Compiled(Program program, List<Cure> cures) {
    public Compiled {
        cures = List.copyOf(cures);
    }

    /** The cure for a failure, or empty. */
    public String cure(int step, int errno) {
        for (Cure cure : cures) {
            if (cure.step() == step && cure.errno() == errno) {
                return cure.text();
            }
        }
        return "";
    }
}
