package com.example.confine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Backend;
import dev.confine.spi.BackendContract;
import dev.confine.spi.Caller;
import dev.confine.spi.Callers;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every backend, on a directory that looks like /proc, and what is special about this one. */
class AuditBackendTest extends BackendContract {
    private final Path proc;
    private final List<String> said = new ArrayList<>();

    AuditBackendTest(@TempDir Path proc) throws IOException {
        this.proc = proc;
        Files.createDirectories(proc.resolve("7"));
        Path self = Files.createDirectories(proc.resolve("self"));
        Files.writeString(self.resolve("uid_map"), "0 0 100000\n");
        Files.writeString(self.resolve("gid_map"), "0 0 100000\n");
    }

    @Override
    protected Backend backend() {
        return new AuditBackend();
    }

    @Override
    protected IdMapper mapper() {
        return new AuditMapper(new MapFiles(proc.toString()), new Log() {
            @Override
            public void warn(String message) {
                said.add(message);
            }

            @Override
            public void debug(String message) {}
        });
    }

    @Override
    protected Caller caller() {
        return Callers.root();
    }

    @Override
    protected IdMaps granted() {
        return both(IdMap.of(0, 1000, 32000));
    }

    @Override
    protected IdMaps refused() {
        return both(IdMap.of(0, 99000, 32000));
    }

    private static IdMaps both(IdMap map) {
        return new IdMaps(map, map);
    }

    @Test
    void write_ofMaps_isSaidInTheLog() {
        mapper().write(caller(), 7, granted());
        assertThat(proc.resolve("7/uid_map")).hasContent("0 1000 32000\n");
        assertThat(said)
                .containsExactly("audit: uid 0 gave uids \"0 1000 32000\" and gids \"0 1000 32000\" to process 7");
    }

    @Test
    void check_ofAnOrdinaryUsersMaps_allowsTheOwnIdAlone() {
        Caller ana = Callers.ordinary(1001);
        mapper().check(ana, both(IdMap.of(0, 1001, 1)));
        assertThatThrownBy(() -> mapper().check(ana, granted())).hasMessageContaining("use --map self");
    }
}
