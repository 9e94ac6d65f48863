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
    /** Comparisons, with libseccomp's numbers for them. */
    public enum Operator {
        SCMP_CMP_NE(1),
        SCMP_CMP_LT(2),
        SCMP_CMP_LE(3),
        SCMP_CMP_EQ(4),
        SCMP_CMP_GE(5),
        SCMP_CMP_GT(6),
        SCMP_CMP_MASKED_EQ(7);

        private final int number;

        Operator(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }
}
