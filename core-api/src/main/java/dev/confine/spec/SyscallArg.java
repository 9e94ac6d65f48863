package dev.confine.spec;

/**
 * A condition on an argument of a system call. Values are unsigned 64 bits.
 *
 * @param index 0 to 5
 * @param value to compare with; with SCMP_CMP_MASKED_EQ the mask
 * @param valueTwo with SCMP_CMP_MASKED_EQ what the masked argument must be, else 0
 * @param op the comparison
 */
public record SyscallArg(int index, long value, long valueTwo, Operator op) {
    /** Comparisons. */
    public enum Operator {
        SCMP_CMP_NE,
        SCMP_CMP_LT,
        SCMP_CMP_LE,
        SCMP_CMP_EQ,
        SCMP_CMP_GE,
        SCMP_CMP_GT,
        SCMP_CMP_MASKED_EQ
    }
}
