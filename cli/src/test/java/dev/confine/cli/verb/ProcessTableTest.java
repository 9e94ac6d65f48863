package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProcessTableTest {
    private static final String TABLE = """
            UID          PID    PPID  C STIME TTY          TIME CMD
            root          12       1  0 07:15 ?        00:00:00 sleep 120
            root         120      12  0 07:15 ?        00:00:00 sleep 12
            """;

    @Test
    void lines_ofOtherProcesses_areLeftOut() {
        assertThat(ProcessTable.filter(TABLE, Set.of("120", "7")).lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("root         120 ");
    }

    @Test
    void table_withoutPids_isRefused() {
        assertThatThrownBy(() -> ProcessTable.filter("UID PPID\n0 12\n", Set.of("12")))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("ask ps for pid as well");
    }
}
