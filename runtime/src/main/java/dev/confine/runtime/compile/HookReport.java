package dev.confine.runtime.compile;

import dev.confine.launch.Errno;
import java.nio.charset.StandardCharsets;

/**
 * What a program tells of a hook that failed, and its words for a person: how it ended and with what status, 4 bytes each, little-endian, and the last of what
 * it wrote.
 */
public final class HookReport {
    static final int HEADER = 8;
    static final int HOW = 0;
    static final int STATUS = 4;
    static final int LONGEST_OUTPUT = 4096;

    // how: si_code of waitid(2), or one of these
    static final int NOT_EXECUTED = 100;
    static final int TIMED_OUT = 101;
    static final int INTERRUPTED = 102;

    private HookReport() {}

    /** {@code exit status 3: what it wrote}. */
    public static String words(byte[] report) {
        int how = number(report, HOW);
        int status = number(report, STATUS);
        String output = output(report);
        String end =
                switch (how) {
                    case Kernel.CLD_EXITED -> "exit status " + status;
                    case NOT_EXECUTED -> "cannot be executed: " + Errno.describe(-status);
                    case TIMED_OUT -> "took longer than its timeout and was killed";
                    case INTERRUPTED -> "a signal came while it ran, so it was killed";
                    default -> "was ended by signal " + status;
                };
        return output.isEmpty() ? end : end + ": " + output;
    }

    /** In one line. */
    private static String output(byte[] report) {
        String text = new String(report, HEADER, report.length - HEADER, StandardCharsets.UTF_8).strip();
        return text.replace("\n", " | ");
    }

    private static int number(byte[] report, int at) {
        return (report[at] & 0xff)
                | (report[at + 1] & 0xff) << 8
                | (report[at + 2] & 0xff) << 16
                | report[at + 3] << 24;
    }
}
