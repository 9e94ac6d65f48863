package dev.confine.it;

import java.util.function.BooleanSupplier;

/** Waits for what happens in another process. */
final class Eventually {
    private static final long PATIENCE_MILLIS = 15_000;
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
