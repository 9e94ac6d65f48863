package dev.confine.launch;

/**
 * The operations of the launcher, in the order of their codes on the wire. The build writes the C header from this enum.
 * It does not say what an operation means to a container: that is the compiler's.
 */
public enum Op {
    /** Leave the program and go back to the conversation. */
    END,
    /** {@code dst = system call nr(a0 … a5)}; below zero the result is {@code -errno} and {@code onError} decides. */
    SYSCALL,
    /** {@code dst = width bytes at a0 + a1}, zero-extended; a0 is data, a1 a register or constant. */
    LOAD,
    /** {@code width bytes at a0 + a1 = a2}. */
    STORE,
    /** {@code dst = a0 + a1}. */
    ADD,
    /** Go on at {@code target}. */
    JUMP,
    /** Go on at {@code target} if {@code a0 condition a1}, signed. */
    JUMP_IF,
    /** Write a0 in decimal at data a1, at most a2 bytes, without a NUL; {@code dst =} the bytes written. */
    FORMAT,
    /** Send the value a1 with the tag a0 to Java. */
    SEND,
    /** Send the a2 bytes at data a1, at most 32 KiB, with the tag a0 to Java. */
    SEND_BYTES,
    /** Wait for data from Java, store at most a1 bytes at data a0; {@code dst =} their count. a2: a signalfd to watch, or -1. */
    RECEIVE,
    /** From now on a failure in this process goes on at {@code target}; {@link Instruction#NOWHERE} takes that back. */
    ON_FAILURE,
    /** From now on a failure in this process is one of the step a0; below zero: of the instruction's own step, as at the start. */
    REPORT_AS,
    /** Close the conversation: what follows runs without Java. */
    RELEASE,
    /** Report a0, an errno or {@code -errno}, as the failure of this step. */
    FAIL,
    /** End this process with the exit code a0. */
    EXIT;

    /** On the wire. The order of the constants is the wire format, and the C header is written from it. */
    @SuppressWarnings("EnumOrdinal")
    int code() {
        return ordinal();
    }
}
