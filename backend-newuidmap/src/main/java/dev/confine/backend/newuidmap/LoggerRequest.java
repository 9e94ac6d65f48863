package dev.confine.backend.newuidmap;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks for the logger that the JDK's ProcessBuilder (≥ 22) asks for when it has started its first process. In a JVM that has just begun this opens the jar, which nothing else
 * does where all classes come from a cache, and takes longer than both helpers: so it is done while the container is compiled.
 */
final class LoggerRequest extends Thread {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private LoggerRequest() {
        super("logger");
        setDaemon(true);
    }

    /** Once a JVM. */
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            new LoggerRequest().start();
        }
    }

    @Override
    public void run() {
        System.getLogger("java.lang.ProcessBuilder").isLoggable(System.Logger.Level.DEBUG);
    }
}
