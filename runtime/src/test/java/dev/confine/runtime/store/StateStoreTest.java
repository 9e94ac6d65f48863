package dev.confine.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    Path root;

    private StateStore store;

    @BeforeEach
    void open() {
        store = new StateStore(root.resolve("state").toString());
    }

    private static ContainerState state(String id) {
        return state(id, "ä\n");
    }

    private static ContainerState state(String id, String annotation) {
        return new ContainerState(
                ContainerState.VERSION,
                "1.3.0",
                ContainerId.parse(id),
                Status.CREATING,
                0,
                0,
                "/b",
                "/b/rootfs",
                "2026-01-01T00:00:00Z",
                1000,
                "jnr",
                Map.of("a \"quoted\" key", annotation),
                Map.of("", "/cg/unified/x", "cpu,cpuacct", "/cg/cpu/x"),
                List.of("/cg/unified/x", "/cg/cpu/x"),
                "confine-x.scope",
                List.of("/sys/fs/resctrl/x"));
    }

    private void make(String id) {
        store.prepare(ContainerId.parse(id));
        assertThat(root.resolve("state").resolve(id).toFile().mkdir()).isTrue();
        store.write(state(id));
    }

    @Test
    void what_is_written_is_read() {
        make("c1");
        ContainerState running = state("c1").with(Status.RUNNING).with(42, 4711);
        store.write(running);

        assertThat(store.read(ContainerId.parse("c1"))).isEqualTo(running);
        assertThat(store.ids()).containsExactly(ContainerId.parse("c1"));
    }

    @Test
    void what_is_long_is_read_whole() {
        make("c1");
        ContainerState large = state("c1", "x".repeat(100_000));
        store.write(large);

        assertThat(store.read(ContainerId.parse("c1"))).isEqualTo(large);
    }

    @Test
    void a_state_that_lies_ready_is_not_the_state_yet() {
        make("c1");
        store.write(state("c1").with(Status.RUNNING), "ready");

        assertThat(store.read(ContainerId.parse("c1"))).isEqualTo(state("c1"));
        assertThat(root.resolve("state/c1/ready")).content().contains("running");
    }

    @Test
    void a_configuration_that_is_kept_is_there_until_the_container_is_removed() throws IOException {
        make("c1");
        ContainerId id = ContainerId.parse("c1");
        store.keep(id, new byte[] {'{', '}'});

        assertThat(Path.of(store.config(id))).hasBinaryContent(new byte[] {'{', '}'});
        store.remove(id);
        assertThat(root.resolve("state").resolve("c1")).doesNotExist();
    }

    @Test
    void an_id_that_is_taken_is_refused_and_left_alone() {
        make("c1");

        assertThatThrownBy(() -> store.prepare(ContainerId.parse("c1")))
                .isInstanceOf(ConfineException.class)
                .hasMessage("container with given ID already exists: c1");
        assertThat(store.find(ContainerId.parse("c1"))).isNotNull();
    }

    @Test
    void an_unknown_container_does_not_exist() {
        assertThatThrownBy(() -> store.read(ContainerId.parse("nope")))
                .hasMessageContaining("container does not exist: nope");
        assertThat(store.ids()).isEmpty();
    }

    @Test
    void a_removed_container_leaves_nothing() throws IOException {
        make("c1");
        Files.createFile(root.resolve("state/c1/start"));

        store.remove(ContainerId.parse("c1"));
        store.remove(ContainerId.parse("c1"));

        assertThat(root.resolve("state")).isEmptyDirectory();
    }

    @Test
    void damage_and_other_versions_are_said_with_the_cure() throws IOException {
        make("c1");
        Path file = root.resolve("state/c1/state.json");
        for (String content :
                new String[] {"", "[]", "{\"version\":1", "{\"version\":1}", "{\"version\":99}", "{\"version\":\"x\"}"
                }) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> store.read(ContainerId.parse("c1")))
                    .as(content)
                    .isInstanceOf(ConfineException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("delete");
        }
        Files.delete(file);
        assertThatThrownBy(() -> store.read(ContainerId.parse("c1"))).hasMessageContaining("half made");
    }

    @Test
    void a_directory_that_cannot_be_made_is_an_error() throws IOException {
        Files.createFile(root.resolve("file"));
        StateStore blocked = new StateStore(root.resolve("file/state").toString());

        assertThatThrownBy(() -> blocked.prepare(ContainerId.parse("c1"))).hasMessageContaining("--root");
    }
}
