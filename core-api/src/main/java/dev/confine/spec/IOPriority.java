package dev.confine.spec;

/**
 * Priority of input and output, {@code config.md#io-priority}, ioprio_set(2).
 *
 * @param ioClass {@code class} in the file
 * @param priority 0 (highest) to 7 within the class
 */
public record IOPriority(IOClass ioClass, int priority) {
    /** The classes of ioprio_set(2). */
    public enum IOClass {
        IOPRIO_CLASS_RT,
        IOPRIO_CLASS_BE,
        IOPRIO_CLASS_IDLE
    }
}
