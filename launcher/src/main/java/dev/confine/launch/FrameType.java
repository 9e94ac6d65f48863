package dev.confine.launch;

/** The messages between Java and the launcher, with their codes on the wire. The build writes the C header from this enum. */
enum FrameType {
    HELLO(1),
    FAILURE(2),
    VALUE(3),
    BYTES(4),
    DONE(5),
    PROGRAM(16),
    DATA(17),
    STDOUT(18),
    STDERR(19),
    EXIT(20),
    CANCEL(21),
    AGAIN(22),
    TAKEN(23);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
