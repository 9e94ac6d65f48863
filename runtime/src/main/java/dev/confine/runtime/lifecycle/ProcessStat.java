package dev.confine.runtime.lifecycle;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What tells one process from another that has its pid later: proc_pid_stat(5).
 *
 * @param state one letter, {@code Z} for a zombie
 * @param startTime in clock ticks since boot
 */
public record ProcessStat(char state, long startTime) {
    /** Fields after the command, which is in parentheses and may hold any character. */
    private static final int START_TIME = 19;

    /** Of the process that has this pid now, or null when there is none. */
    public static @Nullable ProcessStat of(long pid) {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            // the kernel gives it whole, and asking for its size first takes as long as reading it
            byte[] text = new byte[4096];
            return parse(new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable ProcessStat parse(String text) {
        int at = text.lastIndexOf(')') + 2;
        if (at < 2 || at >= text.length()) {
            return null;
        }
        char state = text.charAt(at);
        for (int field = 0; field < START_TIME; field++) {
            at = text.indexOf(' ', at) + 1;
            if (at == 0) {
                return null;
            }
        }
        int end = text.indexOf(' ', at);
        return new ProcessStat(state, Long.parseLong(text.substring(at, end < 0 ? text.length() : end)));
    }

    /** Whether it has not ended: a zombie has, even if nobody has waited for it. */
    public boolean alive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }
}
