package dev.confine.it;

import java.util.function.BooleanSupplier;

/** Waits for what happens in another process. */
final class Eventually {
    /** How many times as long as usual this machine may take: one that is emulated is slow. */
    static final int PATIENCE = Integer.getInteger("confine.patience", 1);

    private static final long PATIENCE_MILLIS = 15_000L * PATIENCE;
    private static final long PAUSE_MILLIS = 10;

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        if (!within(PATIENCE_MILLIS, condition)) {
            throw new AssertionError("not within " + PATIENCE_MILLIS + " ms: " + what);
        }
    }

    static boolean within(long millis, BooleanSupplier condition) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(PAUSE_MILLIS);
        }
        return true;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
