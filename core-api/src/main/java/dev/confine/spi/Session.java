package dev.confine.spi;

/**
 * One command of one caller, from its start to its exit code. It is how a backend reaches the caller's output; it does not start anything.
 * The Linux lifecycle needs the session to be a conversation with the launcher, which it is in every way confine itself runs.
 */
public interface Session {
    Caller caller();

    /** Writes to the caller's standard output. */
    void out(String text);

    /** Writes to the caller's standard error. */
    void err(String text);

    /** True when the JVM was started for this one command, so that nothing dear to initialise should be used. */
    boolean cold();
}
