package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StateJsonTest {
    private static final ContainerState STATE = new ContainerState(
            1,
            "1.3.0",
            ContainerId.parse("c1"),
            Status.RUNNING,
            4711,
            99,
            "/b\"",
            "/b/rootfs",
            "2026-01-01T00:00:00Z",
            4_000_000_000L,
            "jnr",
            Map.of("a", "line\n\u0001"));

    @Test
    void state_ofRunning_isWhatCallersRead() {
        assertThat(StateJson.of(STATE, new Accounts("/dev/null"))).isEqualTo("""
                        {
                          "ociVersion": "1.3.0",
                          "id": "c1",
                          "pid": 4711,
                          "status": "running",
                          "bundle": "/b\\"",
                          "rootfs": "/b/rootfs",
                          "created": "2026-01-01T00:00:00Z",
                          "annotations": {
                            "a": "line\\n\\u0001"
                          },
                          "owner": "#4000000000"
                        }
                        """);
    }

    @Test
    void state_ofStopped_hasNoPid() {
        assertThat(StateJson.of(STATE.with(Status.STOPPED), new Accounts("/dev/null")))
                .contains("\"pid\": 0,");
    }
}
