package dev.confine.launch;

/** Comparisons of {@link Op#JUMP_IF}, signed, in the order of their codes on the wire. */
public enum Condition {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_LEAST;

    /** On the wire. The order of the constants is the wire format, and the C header is written from it. */
    @SuppressWarnings("EnumOrdinal")
    int code() {
        return ordinal();
    }
}
