package dev.confine.backend.newuidmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A helper at work in a thread of its own: neither map waits for the other. */
final class HelperTask extends Thread {
    private final Kind kind;
    private final String program;
    private final List<String> arguments;
    private @Nullable HelperRun run;
    private @Nullable Throwable failure;

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
    public void run() {
        try {
            run = HelperRun.of(kind.helper, program, arguments);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /** Returns when it has ended, also to an interrupted thread, and throws what {@link HelperRun#of} throws. */
    HelperRun end() {
        boolean interrupted = false;
        while (isAlive()) {
            try {
                join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (run == null) {
            throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
        }
        return run;
    }
}
