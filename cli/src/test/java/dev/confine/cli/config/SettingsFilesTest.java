package dev.confine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFilesTest {
    @TempDir
    Path home;

    private Path write(String text) throws IOException {
        Path file = home.resolve(".config/confine/confine.properties");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Caller user(Map<String, String> more) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("HOME", home.toString());
        return FakeSession.user(environment);
    }

    @Test
    void file_ofUser_isBelowTheEnvironment() throws IOException {
        write("confine.backend=newuidmap\nconfine.log-level=debug\n");
        List<SettingsSource> sources = SettingsFiles.read(user(Map.of("CONFINE_BACKEND", "jnr")));
        assertThat(sources.get(0).values()).isEqualTo(Map.of("confine.backend", "jnr"));
        assertThat(sources.get(1).values())
                .isEqualTo(Map.of("confine.backend", "newuidmap", "confine.log-level", "debug"));
        assertThat(sources.get(0).ordinal()).isGreaterThan(sources.get(1).ordinal());
    }

    @Test
    void file_withMisspeltKey_isRefusedByName() throws IOException {
        Path file = write("confine.bakend=jnr\n");
        assertThatThrownBy(() -> SettingsFiles.read(user(Map.of())))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("there is no setting \"confine.bakend\" (" + file + ")")
                .hasMessageContaining("confine.backend,");
    }

    @Test
    void root_withFileThatOthersCanReplace_refusesWithOwnerModeAndCure() throws IOException {
        Path file = write("confine.backend=jnr\n");
        Files.setAttribute(file, "unix:mode", 0666);
        Caller root = FakeSession.root(Map.of("HOME", home.toString()));
        assertThatThrownBy(() -> SettingsFiles.read(root))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("is not read as root")
                .hasMessageContaining("mode 0666")
                .hasMessageContaining("chown root " + file + " && chmod go-w " + file);
    }

    @Test
    void root_withWhatEverybodySharesOnPurpose_isToldToMoveTheFile() throws IOException {
        Files.setAttribute(write("confine.backend=jnr\n"), "unix:mode", 01666);
        Caller root = FakeSession.root(Map.of("HOME", home.toString()));
        assertThatThrownBy(() -> SettingsFiles.read(root))
                .hasMessageContaining("mode 01666")
                .hasMessageContaining("move it to a directory of root's alone")
                .hasMessageNotContaining("chmod");
    }

    @Test
    void caller_withoutFilesAndVariables_isPlain() throws IOException {
        assertThat(SettingsFiles.isPlain(user(Map.of()))).isTrue();
        assertThat(SettingsFiles.isPlain(user(Map.of("CONFINE_BACKEND", "jnr"))))
                .isTrue();
        assertThat(SettingsFiles.isPlain(user(Map.of("CONFINE_BACKEND", "")))).isFalse();
        assertThat(SettingsFiles.isPlain(user(Map.of("CONFINE_ROOT", "/r")))).isFalse();
        write("");
        assertThat(SettingsFiles.isPlain(user(Map.of()))).isFalse();
    }

    @Test
    void trust_inRootsOwnFile_isGiven() {
        Trust.of(FakeSession.root(Map.of())).check(new java.io.File("/etc/passwd"));
    }
}
