package dev.confine.backend.jnr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Availability;
import dev.confine.spi.Backend;
import dev.confine.spi.BackendContract;
import dev.confine.spi.Caller;
import dev.confine.spi.Callers;
import dev.confine.spi.IdMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrBackendTest extends BackendContract {
    private final Path proc;

    JnrBackendTest(@TempDir Path proc) throws IOException {
        this.proc = proc;
        Path self = Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                self.resolve("uid_map"), "         0       1000          1\n         1     100000      65536\n");
        Files.writeString(
                self.resolve("gid_map"), "         0       1000          1\n         1     100000      65536\n");
    }

    @Override
    protected Backend backend() {
        return new JnrBackend();
    }

    @Override
    protected IdMapper mapper() {
        return new DirectMapper(new MapFiles(proc.toString()));
    }

    @Override
    protected Caller caller() {
        return Callers.root();
    }

    @Override
    protected IdMaps granted() {
        return both(IdMap.of(0, 0, 1000));
    }

    @Override
    protected IdMaps refused() {
        return both(IdMap.of(0, 65000, 1000));
    }

    private static IdMaps both(IdMap map) {
        return new IdMaps(map, map);
    }

    @Test
    void backend_ofRoot_isUsable() {
        assertThat(backend().availability(Callers.root())).isEqualTo(Availability.yes());
    }

    @Test
    void backend_ofAnyoneElse_saysWhyNot() {
        assertThat(backend().availability(Callers.ordinary(1000)).reason()).isEqualTo("not root (uid 1000)");
        assertThat(backend().availability(Callers.root(1L << 7)))
                .isEqualTo(Availability.no("root without CAP_SETUID and CAP_SETGID, which writing id maps takes"));
    }
}
