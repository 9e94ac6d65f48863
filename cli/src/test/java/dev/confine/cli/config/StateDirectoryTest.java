package dev.confine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StateDirectoryTest {
    @Test
    void directory_askedFor_isTheCallers() {
        assertThat(StateDirectory.of("r", FakeSession.user(Map.of()))).isEqualTo("/work/r");
    }

    @Test
    void directory_ofRoot_isRun() {
        assertThat(StateDirectory.of(null, FakeSession.root(Map.of("XDG_RUNTIME_DIR", "/x"))))
                .isEqualTo("/run/confine");
    }

    @Test
    void directory_ofUser_isInTheRuntimeDirectory() {
        assertThat(StateDirectory.of(null, FakeSession.user(Map.of("XDG_RUNTIME_DIR", "/x"))))
                .isEqualTo("/x/confine");
    }

    @Test
    void directory_ofUserWithoutRuntimeDirectory_isRefusedWithTheFlag() {
        Caller nobody = new Caller(1, 4_000_000_000L, 1, List.of(), 0, 0, 0, "/", List.of(), Map.of());
        assertThatThrownBy(() -> StateDirectory.of(null, nobody))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("XDG_RUNTIME_DIR is not set and /run/user/4000000000 is not there")
                .hasMessageContaining("--root");
    }
}
