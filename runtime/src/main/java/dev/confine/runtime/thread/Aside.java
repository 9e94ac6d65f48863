package dev.confine.runtime.thread;

import org.jspecify.annotations.Nullable;

/** Work that a thread of its own does, while the one that began it has something else to do and then waits for the end. A class, as a lambda costs a cold JVM more. */
public abstract class Aside extends Thread {
    private @Nullable Throwable failure;

    /** @param name of the thread */
    protected Aside(String name) {
        super(name);
    }

    /** What is thrown is thrown by {@link #end}. */
    protected abstract void work();

    @Override
    public final void run() {
        try {
            work();
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /** Returns when the work is done, also to an interrupted thread. */
    public final void end() {
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
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
