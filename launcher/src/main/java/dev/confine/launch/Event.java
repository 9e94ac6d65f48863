package dev.confine.launch;

/** What a running program told Java. A failure is not among them: it is thrown. */
public sealed interface Event {

    /** The program sent a number. */
    record Value(int tag, long value) implements Event {}

    /** The program sent bytes. */
    record Bytes(int tag, byte[] content) implements Event {}

    /** The front has left the program, by END or after a failure, and waits for what Java says next. */
    record Done() implements Event {}
}
