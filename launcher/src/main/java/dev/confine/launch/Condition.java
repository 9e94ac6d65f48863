package dev.confine.launch;

/** Comparisons of {@link Op#JUMP_IF}, signed, in the order of their codes on the wire. */
public enum Condition {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_LEAST
}
