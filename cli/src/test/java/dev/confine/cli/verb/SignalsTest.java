package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignalsTest {
    @ParameterizedTest
    @CsvSource({
        "TERM,15",
        "SIGKILL,9",
        "sigHup,1",
        "0,0",
        "9,9",
        "64,64",
        "SYS,31",
        "IOT,6",
        "CLD,17",
        "SIGPOLL,29",
        "WINCH,28",
        "RTMIN,34",
        "SIGRTMIN+3,37",
        "rtmin+30,64",
        "RTMAX-30,34",
        "SIGRTMAX,64"
    })
    void signal_byNameOrNumber_isKnown(String text, int number) {
        assertThat(Signals.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIG",
                "65",
                "-9",
                "+9",
                "4294967305",
                "TERMINATE",
                "1 ",
                "RTMIN-1",
                "RTMIN+31",
                "RTMIN+",
                "RTMAX+1",
                "RTMAX-31"
            })
    void signal_unknown_isRefused(String text) {
        assertThatThrownBy(() -> Signals.parse(text))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("unknown signal \"" + text + "\"");
    }
}
