package dev.confine.runtime.access;

import dev.confine.ConfineException;

/** The three permissions as bits, as in a mode: 4 read, 2 write, 1 execute or search. */
public final class Permission {
    public static final int READ = 4;
    public static final int WRITE = 2;
    public static final int EXECUTE = 1;
    static final int ALL = 7;

    private Permission() {}

    /**
     * Reads letters out of {@code rwx}.
     *
     * @throws ConfineException when there are others, or none
     */
    public static int parse(String letters) {
        int wanted = 0;
        for (int i = 0; i < letters.length(); i++) {
            int at = "xwr".indexOf(letters.charAt(i));
            if (at < 0) {
                throw new ConfineException("--want " + letters + ": write letters out of rwx");
            }
            wanted |= 1 << at;
        }
        if (wanted == 0) {
            throw new ConfineException("--want \"\": write letters out of rwx");
        }
        return wanted;
    }

    /** Only the letters that are set: {@code rx}. */
    public static String letters(int bits) {
        return ((bits & READ) != 0 ? "r" : "") + ((bits & WRITE) != 0 ? "w" : "") + ((bits & EXECUTE) != 0 ? "x" : "");
    }

    /** As ls(1) shows it: {@code r-x}. */
    static String shown(int bits) {
        return ((bits & READ) != 0 ? "r" : "-")
                + ((bits & WRITE) != 0 ? "w" : "-")
                + ((bits & EXECUTE) != 0 ? "x" : "-");
    }
}
