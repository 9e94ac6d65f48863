package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalPlaceTest {
    @Test
    void a_terminal_of_a_detached_process_needs_a_socket() {
        assertThat(TerminalPlace.problem(true, true, null)).contains("--console-socket", "/process/terminal");
        assertThat(TerminalPlace.problem(true, true, "/s")).isNull();
        assertThat(TerminalPlace.problem(false, true, null)).isNull();
        assertThat(TerminalPlace.problem(false, false, null)).isNull();
    }

    @Test
    void a_socket_without_a_terminal_to_send_is_refused() {
        assertThat(TerminalPlace.problem(false, true, "/s"))
                .contains("--console-socket /s", "no terminal to send", "/process/terminal");
        assertThat(TerminalPlace.problem(false, false, "/s")).contains("no terminal to send");
        assertThat(TerminalPlace.problem(true, false, "/s")).contains("--console-socket /s", "--detach");
    }
}
