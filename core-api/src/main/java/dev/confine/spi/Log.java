package dev.confine.spi;

/** Where a backend says what is not an error. Errors are thrown, not logged. */
public interface Log {
    void warn(String message);

    void debug(String message);
}
