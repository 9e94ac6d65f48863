package dev.confine.runtime.compile;

import dev.confine.launch.Errno;
import java.nio.charset.StandardCharsets;

/**
 * What a program tells of a hook that failed, and its words for a person: how it ended, with what status, and the number of the hook, 4 bytes each,
 * little-endian, and the last of what it wrote.
 */
public final class HookReport {
    static final int HEADER = 12;
    static final int HOW = 0;
    static final int STATUS = 4;
    static final int INDEX = 8;
    static final int LONGEST_OUTPUT = 4096;

    // how: si_code of waitid(2), or one of these
    static final int NOT_EXECUTED = 100;
    static final int TIMED_OUT = 101;
    static final int INTERRUPTED = 102;

    static final String EXITED = "exit status ";
    static final String KILLED = "was ended by signal ";
    static final String UNEXECUTED = "cannot be executed: ";
    static final String LATE = "took longer than its timeout and was killed";
    static final String SIGNALLED = "a signal came while it ran, so it was killed";

    private HookReport() {}

    /** Whether a created container that was started says this, and not with which errno its program could not be executed. */
    public static boolean is(byte[] said) {
        return said.length >= HEADER;
    }

    /** The number of the hook in its list. */
    public static int index(byte[] report) {
        return number(report, INDEX);
    }

    /** {@code exit status 3: what it wrote}. */
    public static String words(byte[] report) {
        int how = number(report, HOW);
        int status = number(report, STATUS);
        String output = output(report);
        String end =
                switch (how) {
                    case Kernel.CLD_EXITED -> EXITED + status;
                    case NOT_EXECUTED -> UNEXECUTED + Errno.describe(-status);
                    case TIMED_OUT -> "took longer than its timeout and was killed";
                    case INTERRUPTED -> SIGNALLED;
                    default -> KILLED + status;
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
