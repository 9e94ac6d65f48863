package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapFilesTest {
    private final Path proc;

    MapFilesTest(@TempDir Path proc) throws IOException {
        this.proc = proc;
        Files.createDirectories(proc.resolve("7"));
        Files.createDirectories(proc.resolve("self"));
    }

    @Test
    void maps_writtenAndRead_areTheSame() {
        MapFiles files = new MapFiles(proc.toString());
        IdMaps maps = new IdMaps(IdMap.of(0, 1000, 5), IdMap.of(0, 2000, 6));
        files.writeUids(7, maps.uids());
        files.writeGids(7, maps.gids());
        files.denySetgroups(7);
        assertThat(files.of(7)).isEqualTo(maps);
        assertThat(proc.resolve("7/uid_map")).hasContent("0 1000 5\n");
        assertThat(proc.resolve("7/setgroups")).hasContent("deny");
    }

    @Test
    void maps_ofThisProcess_areRead() {
        assertThat(new MapFiles().own().uids().size()).isPositive();
    }

    @Test
    void maps_ofAProcessThatHasEnded_areAnError() {
        assertThatThrownBy(() -> new MapFiles(proc.toString()).of(8))
                .isInstanceOf(MapWriteException.class)
                .hasMessage(proc + "/8/uid_map: ENOENT: no such process: it has ended")
                .extracting("errno")
                .isEqualTo("ENOENT");
        assertThatThrownBy(() -> new MapFiles(proc.toString()).writeUids(8, IdMap.of(0, 0, 1)))
                .hasMessageContaining("ENOENT: no such process");
    }

    @Test
    void maps_thatAreNotWrittenYet_areAnError() throws IOException {
        Files.writeString(proc.resolve("7/uid_map"), "");
        assertThatThrownBy(() -> new MapFiles(proc.toString()).of(7)).hasMessageContaining("has no map yet");
    }

    @Test
    void maps_writtenToTheNamespaceOfThisProcess_areRefusedWithTheReason() {
        long me = ProcessHandle.current().pid();
        assertThatThrownBy(() -> new MapFiles().writeUids(me, IdMap.of(0, 0, 1)))
                .isInstanceOf(MapWriteException.class)
                .hasMessageContaining("EPERM: operation not permitted: a map is written only once, and this one is \"");
    }
}
