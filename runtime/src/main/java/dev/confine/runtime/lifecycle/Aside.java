package dev.confine.runtime.lifecycle;

import org.jspecify.annotations.Nullable;

/** One piece of work that is done while its thread's owner does another. */
final class Aside {
    private final Thread thread;
    private @Nullable Throwable failure;

    private Aside(Runnable work) {
        this.thread = new Thread(() -> attempt(work), "aside");
    }

    static Aside begin(Runnable work) {
        Aside aside = new Aside(work);
        aside.thread.start();
        return aside;
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /** Returns when it is done, also to an interrupted thread, and throws what it threw. */
    void end() {
        await();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    void await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
