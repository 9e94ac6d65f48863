package dev.confine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The durations of Go, as callers write them. */
final class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "5s, 5000000000",
        "1m30s, 90000000000",
        "1.5h, 5400000000000",
        "250ms, 250000000",
        "+1us, 1000",
        "1µs, 1000",
        ".5s, 500000000",
        "1h0m1ns, 3600000000001"
    })
    void duration_isReadInNanoseconds(String text, long nanoseconds) {
        assertThat(GoDuration.parse("--interval", text)).isEqualTo(nanoseconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "5", "s", "-5s", "0s", "5 s", "1.2.3s", "0.1ns", "5x", "9999999999h", "1e3s", ".s"})
    void whatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> GoDuration.parse("--interval", text))
                .hasMessageContaining("--interval " + text)
                .hasMessageContaining("5s");
    }
}
