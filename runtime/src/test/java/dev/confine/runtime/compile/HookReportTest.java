package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HookReportTest {
    private static String words(int how, int status, String output) {
        byte[] text = output.getBytes(StandardCharsets.UTF_8);
        return HookReport.words(ByteBuffer.allocate(12 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(how)
                .putInt(status)
                .putInt(0)
                .put(text)
                .array());
    }

    @Test
    void report_ofEachKind_saysHowTheHookEnded() {
        assertThat(words(1, 3, "")).isEqualTo("exit status 3");
        assertThat(words(2, 9, "")).isEqualTo("was ended by signal 9");
        assertThat(words(3, 11, "")).isEqualTo("was ended by signal 11");
        assertThat(words(HookReport.NOT_EXECUTED, -2, "")).startsWith("cannot be executed: ENOENT");
        assertThat(words(HookReport.TIMED_OUT, 9, "")).contains("timeout");
        assertThat(words(HookReport.INTERRUPTED, 9, "")).contains("a signal came");
    }

    @Test
    void output_ofSeveralLines_isOneLine() {
        assertThat(words(1, 1, "\n one\ntwo\n\n")).isEqualTo("exit status 1: one | two");
    }
}
