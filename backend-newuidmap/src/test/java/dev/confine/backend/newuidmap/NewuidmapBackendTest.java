package dev.confine.backend.newuidmap;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confine.idmap.FakeHost;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
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

class NewuidmapBackendTest extends BackendContract {
    private static final String GONE = "echo \"$0: Could not open proc directory for target $1\" >&2; exit 1";

    private final Path proc;
    private final FakeHelpers helpers;

    NewuidmapBackendTest(@TempDir Path directory) throws IOException {
        this.proc = directory;
        Path self = Files.createDirectories(proc.resolve("self"));
        Files.writeString(self.resolve("uid_map"), "0 0 4294967295\n");
        Files.writeString(self.resolve("gid_map"), "0 0 4294967295\n");
        this.helpers = new FakeHelpers(directory).add("newuidmap", GONE).add("newgidmap", GONE);
    }

    @Override
    protected Backend backend() {
        return new NewuidmapBackend();
    }

    @Override
    protected IdMapper mapper() {
        return new HelperMapper(new MapFiles(proc.toString()), FakeHost.withAna(), helpers.path());
    }

    @Override
    protected Caller caller() {
        return Callers.ordinary(1001);
    }

    @Override
    protected IdMaps granted() {
        return both(IdMap.of(0, 100000, 65536));
    }

    @Override
    protected IdMaps refused() {
        return both(IdMap.of(0, 1000, 32000));
    }

    private static IdMaps both(IdMap map) {
        return new IdMaps(map, map);
    }

    @Test
    void rehearsal_withoutHelpersOrRights_works() {
        assertThatCode(() -> new NewuidmapBackend().rehearse()).doesNotThrowAnyException();
    }
}
