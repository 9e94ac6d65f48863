package dev.confine.spi;

/**
 * A way to run containers. Found by {@link java.util.ServiceLoader}, so it has a public constructor without parameters that does nothing
 * dear: it runs in every command. It says what it is; the work is its {@link Lifecycle}'s.
 */
public interface Backend {
    /** As in {@code --backend}: lower case letters, digits and dashes, unique. */
    String name();

    /** {@code auto} takes the usable backend with the highest rank. The built-in ones have 100 (jnr) and 50 (newuidmap). */
    int rank();

    /** Whether it can run for this caller on this host. Must not throw and must not leave anything behind. */
    Availability availability(Caller caller);

    /** The operations, for one command. */
    Lifecycle lifecycle(Context context);
}
