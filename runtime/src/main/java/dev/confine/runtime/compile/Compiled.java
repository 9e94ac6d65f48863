package dev.confine.runtime.compile;

import dev.confine.launch.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch program with what is known about its failures.
 *
 * @param proven whether the verifier has seen it and found no breach
 */
public record Compiled(Program program, List<Cure> cures, boolean proven) {
    public Compiled {
        cures = List.copyOf(cures);
    }

    Compiled(Program program, List<Cure> cures) {
        this(program, cures, false);
    }

    public Compiled asProven() {
        return new Compiled(program, cures, true);
    }

    /** The cure for a failure, or null. */
    public @Nullable Cure cure(int step, int errno) {
        for (Cure cure : cures) {
            if (cure.step() == step && cure.errno() == errno) {
                return cure;
            }
        }
        return null;
    }
}
