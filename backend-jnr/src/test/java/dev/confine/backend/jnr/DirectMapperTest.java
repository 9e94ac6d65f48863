package dev.confine.backend.jnr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import dev.confine.spi.Callers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectMapperTest {
    private static final long SETUID_AND_SETGID = 3L << 6;

    private final Path proc;
    private final DirectMapper mapper;

    DirectMapperTest(@TempDir Path proc) throws IOException {
        this.proc = proc;
        this.mapper = new DirectMapper(new MapFiles(proc.toString()));
        Files.createDirectories(proc.resolve("self"));
        Files.createDirectories(proc.resolve("7"));
        parent("0 0 4294967295\n");
    }

    private void parent(String map) throws IOException {
        Files.writeString(proc.resolve("self/uid_map"), map);
        Files.writeString(proc.resolve("self/gid_map"), map);
    }

    private static IdMaps both(Extent... lines) {
        IdMap map = IdMap.of(List.of(lines));
        return new IdMaps(map, map);
    }

    @Test
    void write_onTheHost_isTheMapAsItIsAndSetgroupsIsLeftAlone() {
        mapper.write(Callers.root(), 7, both(new Extent(5, 2000, 10), new Extent(0, 1000, 5)));
        assertThat(proc.resolve("7/uid_map")).hasContent("5 2000 10\n0 1000 5\n");
        assertThat(proc.resolve("7/gid_map")).hasContent("5 2000 10\n0 1000 5\n");
        assertThat(proc.resolve("7/setgroups")).doesNotExist();
    }

    @Test
    void write_insideANamespace_cutsAtItsBorders() throws IOException {
        parent("0 1000 1\n1 100000 65536\n");
        mapper.write(Callers.root(), 7, both(new Extent(0, 0, 100)));
        assertThat(proc.resolve("7/uid_map")).hasContent("0 0 1\n1 1 99\n");
    }

    @Test
    void direct_isWhatTheLauncherMayWrite_cutInTheSameWay() throws IOException {
        parent("0 1000 1\n1 100000 65536\n");
        assertThat(mapper.direct(both(new Extent(0, 0, 100))).uids().lines()).isEqualTo("0 0 1\n1 1 99\n");
    }

    @Test
    void check_ofIdsThatTheNamespaceLacks_showsBothSides() throws IOException {
        parent("0 1000 1\n1 100000 65536\n");
        assertThatThrownBy(() -> mapper.check(Callers.root(), both(new Extent(0, 100000, 65536))))
                .isInstanceOf(IdMapException.class)
                .hasMessage(
                        "uid map: ids 100000 to 165535 are not mapped in the parent user namespace"
                                + " (the map line \"0 100000 65536\" asks for them). The parent has \"0 1000 1\", \"1 100000 65536\"");
    }

    @Test
    void check_ofRootWithoutSetfcap_refusesUidZero() {
        Caller caller = Callers.root(SETUID_AND_SETGID);
        assertThatThrownBy(() -> mapper.check(caller, both(new Extent(0, 0, 1))))
                .hasMessageContaining("\"0 0 1\"")
                .hasMessageContaining("CAP_SETFCAP");
        assertThatCode(() -> mapper.check(caller, both(new Extent(0, 1, 1)))).doesNotThrowAnyException();
    }

    @Test
    void check_ofAMapThatGetsTooLongByCutting_isRefused() throws IOException {
        StringBuilder parent = new StringBuilder();
        for (int i = 0; i < 340; i++) {
            parent.append(i).append(' ').append(4000000000L - 2L * i).append(" 1\n");
        }
        parent(parent.toString());
        assertThatThrownBy(() -> mapper.check(Callers.root(), both(new Extent(4000000000L, 0, 340))))
                .isInstanceOf(IdMapException.class)
                .hasMessageContaining("uid map: the map has 340 lines of")
                .hasMessageContaining("at most 4095");
    }

    @Test
    void check_ofAMapOfMoreLinesThanThereMayBe_isRefused() throws IOException {
        StringBuilder parent = new StringBuilder();
        List<Extent> lines = new ArrayList<>();
        for (int i = 0; i < 340; i++) {
            parent.append(2 * i).append(' ').append(2 * i).append(" 1\n");
            lines.add(new Extent(i, 2L * i, 1));
        }
        parent.append("1 900 1\n");
        Files.writeString(proc.resolve("self/uid_map"), parent);
        assertThatThrownBy(() -> mapper.check(Callers.root(), both(lines.toArray(Extent[]::new))))
                .hasMessageContaining("341 lines");
    }
}
