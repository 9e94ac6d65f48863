package dev.confine.runtime.lifecycle;

import dev.confine.runtime.compile.Compiled;
import org.jspecify.annotations.Nullable;

/** A program is proved by a thread of its own, while another has something else to do for it. */
final class Proof extends Thread {
    private final Compiled compiled;
    private @Nullable Throwable failure;

    private Proof(Compiled compiled) {
        super("proof");
        this.compiled = compiled;
    }

    static Proof begin(Compiled compiled) {
        Proof proof = new Proof(compiled);
        proof.start();
        return proof;
    }

    @Override
    public void run() {
        try {
            Creation.verify(compiled);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /** Returns when it is proved, also to an interrupted thread, and throws what {@link Creation#verify} throws. */
    void end() {
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
