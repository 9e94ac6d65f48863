package dev.confine.backend.newuidmap;

import dev.confine.runtime.thread.Aside;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A helper at work: neither map waits for the other. */
final class HelperTask extends Aside {
    private final Kind kind;
    private final String program;
    private final List<String> arguments;
    private @Nullable HelperRun run;

    private HelperTask(Kind kind, String program, List<String> arguments) {
        super(kind.helper);
        this.kind = kind;
        this.program = program;
        this.arguments = arguments;
    }

    static HelperTask begin(Kind kind, String program, List<String> arguments) {
        HelperTask task = new HelperTask(kind, program, arguments);
        task.start();
        return task;
    }

    @Override
    protected void work() {
        run = HelperRun.of(kind.helper, program, arguments);
    }

    /** Waits for its end, and throws what {@link HelperRun#of} throws. */
    HelperRun result() {
        end();
        return Objects.requireNonNull(run, "it has ended");
    }
}
