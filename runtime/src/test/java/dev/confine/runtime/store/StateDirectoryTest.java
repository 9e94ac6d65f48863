package dev.confine.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
    @TempDir
    Path proc;

    @Test
    void directory_askedFor_isTheCallers() {
        assertThat(StateDirectory.of("r", user(Map.of()))).isEqualTo("/work/r");
    }

    @Test
    void directory_ofRoot_isRun() throws IOException {
        assertThat(ofRoot("0 0 4294967295", Map.of("XDG_RUNTIME_DIR", "/x"))).isEqualTo("/run/confine");
    }

    @Test
    void directory_ofRootInTheUserNamespaceOfAnother_isInTheRuntimeDirectory() throws IOException {
        String map = "0 1000 1\n1 100000 65536";
        assertThat(ofRoot(map, Map.of("XDG_RUNTIME_DIR", "/x", "USER", "ana"))).isEqualTo("/x/confine");
        assertThat(ofRoot(map, Map.of("XDG_RUNTIME_DIR", "/x", "USER", "root"))).isEqualTo("/run/confine");
        assertThat(ofRoot(map, Map.of())).isEqualTo("/run/confine");
    }

    private String ofRoot(String map, Map<String, String> environment) throws IOException {
        Path self = Files.createDirectories(proc.resolve("self"));
        Files.writeString(self.resolve("uid_map"), map);
        Files.writeString(self.resolve("gid_map"), map);
        return StateDirectory.of(null, root(environment), new MapFiles(proc.toString()), proc.toFile());
    }

    @Test
    void directory_ofUser_isInTheRuntimeDirectory() {
        assertThat(StateDirectory.of(null, user(Map.of("XDG_RUNTIME_DIR", "/x"))))
                .isEqualTo("/x/confine");
    }

    @Test
    void directory_ofUserWithoutRuntimeDirectory_isAPrivateOne(@TempDir Path temporary) throws IOException {
        long self = Integer.toUnsignedLong((Integer) Files.getAttribute(temporary, "unix:uid"));
        Path made = temporary.resolve("confine-x");

        assertThat(PrivateDirectory.of(made.toFile(), self)).isEqualTo(made.toString());
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(PrivateDirectory.of(made.toFile(), self)).isEqualTo(made.toString());
    }

    @Test
    void directory_thatOthersMayUse_isRefusedWithTheFlag(@TempDir Path temporary) throws IOException {
        long self = Integer.toUnsignedLong((Integer) Files.getAttribute(temporary, "unix:uid"));
        Path open = Files.createDirectory(
                temporary.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
        Path file = Files.createFile(temporary.resolve("file"));

        assertRefused(open, self, "is open to others (mode 750)");
        assertRefused(link, self, "is no directory");
        assertRefused(file, self, "is no directory");
        assertRefused(temporary.resolve("no/such"), self, "cannot be made");
        assertRefused(temporary, self + 1, "belongs to uid " + self);
    }

    private static void assertRefused(Path directory, long uid, String reason) {
        assertThatThrownBy(() -> PrivateDirectory.of(directory.toFile(), uid))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("XDG_RUNTIME_DIR is not set, and " + directory + " " + reason)
                .hasMessageContaining("--root");
    }

    @Test
    void directory_ofUserWithoutRuntimeDirectory_isCalledByTheUser(@TempDir Path temporary) {
        Caller nobody = new Caller(1, 4_000_000_000L, 1, List.of(), 0, 0, 0, "/", List.of(), Map.of());
        // whoever runs the tests is another
        assertThatThrownBy(() -> StateDirectory.of(null, nobody, new MapFiles(), temporary.toFile()))
                .hasMessageContaining(temporary.resolve("confine-4000000000").toString());
    }

    private static Caller user(Map<String, String> environment) {
        return new Caller(42, 1000, 1000, List.of(1000L), 022, 0, 0, "/work", List.of(), environment);
    }

    private static Caller root(Map<String, String> environment) {
        return new Caller(42, 0, 0, List.of(0L), 022, -1, 0, "/work", List.of(), environment);
    }
}
