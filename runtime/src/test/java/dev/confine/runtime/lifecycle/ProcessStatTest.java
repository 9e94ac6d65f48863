package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void a_command_with_parentheses_and_spaces_does_not_shift_the_fields() {
        String line = "7 (a) b (Z) ) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 8675309 10 11";

        assertThat(ProcessStat.parse(line)).isEqualTo(new ProcessStat('S', 8675309));
    }

    @Test
    void this_process_is_alive_and_keeps_its_start_time() {
        ProcessStat now = ProcessStat.of(ProcessHandle.current().pid());

        assertThat(now).isNotNull();
        assertThat(now.alive()).isTrue();
        assertThat(ProcessStat.of(ProcessHandle.current().pid()))
                .extracting(ProcessStat::startTime)
                .isEqualTo(now.startTime());
    }

    @Test
    void a_zombie_is_not_alive() {
        assertThat(new ProcessStat('Z', 1).alive()).isFalse();
    }

    @Test
    void what_is_not_there_is_null() {
        assertThat(ProcessStat.of(1L << 40)).isNull();
        assertThat(ProcessStat.parse("")).isNull();
        assertThat(ProcessStat.parse("1 (x) S 1 2")).isNull();
    }
}
