package dev.confine.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is read of files of /proc and of attributes. */
final class FactsTest {
    private static final String STATUS = """
            Name:\tsh
            Uid:\t1000\t1001\t1002\t1003
            Gid:\t5\t6\t7\t8
            Groups:\t4 24\s
            CapEff:\t000001ffffffffff
            CapBnd:\t0000000000000006
            """;

    @Test
    void mountinfo_isReadByNumber_withItsFlags() {
        MountTable table = MountTable.parse("""
                45 44 254:0 /src /m\\040x ro,noexec,relatime,idmapped master:1 - ext4 /dev/vda rw,discard
                46 44 0:5 / /t rw,nodev,nosymfollow - tmpfs tmpfs ro
                nonsense
                """);
        assertThat(table.of(45))
                .isEqualTo(new MountFacts("/m x", "ext4", true, false, true, false, false, true, null, false));
        assertThat(table.of(46))
                .isEqualTo(new MountFacts("/t", "tmpfs", false, true, false, true, true, false, null, false));
        assertThat(table.of(47).point()).isEqualTo("?");
    }

    @Test
    void status_givesTheIdsOfTheFileSystem() {
        assertThat(Subject.credentials(STATUS, null))
                .isEqualTo(new Credentials(1003, 8, List.of(4L, 24L), 0x1ff_ffff_ffffL, null));
    }

    @Test
    void list_isRead_andAnythingElseIsNone() {
        byte[] bytes = {2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 2, 0, 5, 0, -24, 3, 0, 0};
        assertThat(Objects.requireNonNull(Acl.parse(bytes)).entries())
                .containsExactly(
                        new Acl.Entry(Acl.Tag.USER_OBJ, 7, Inode.UNKNOWN), new Acl.Entry(Acl.Tag.USER, 5, 1000));
        assertThat(Acl.parse(new byte[] {3, 0, 0, 0})).isNull();
        assertThat(Acl.parse(new byte[] {2, 0, 0, 0, 1})).isNull();
        assertThat(Acl.parse(new byte[] {2, 0, 0, 0, 99, 0, 7, 0, 0, 0, 0, 0})).isNull();
    }

    @Test
    void impersonation_isInIdsInside_andTakesWhatExecWouldGive() {
        IdMap map = IdMap.of(0, 1000, 10);
        Credentials process = new Credentials(1005, 1005, List.of(1006L), 0, new IdMaps(map, map));
        assertThat(Impersonation.NONE.of(process, 6)).isEqualTo(process);
        assertThat(new Impersonation(0, -1, null, null).of(process, 6))
                .isEqualTo(new Credentials(1000, 1005, List.of(1006L), 6, process.maps()));
        assertThat(new Impersonation(3, 4, List.of(2L), null).of(process, 6))
                .isEqualTo(new Credentials(1003, 1004, List.of(1002L), 0, process.maps()));
        assertThatThrownBy(() -> new Impersonation(10, -1, null, null).of(process, 6))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("uid 10 is not mapped")
                .hasMessageContaining("0 1000 10");
    }

    @Test
    void words_areQuotedForShells() {
        assertThat(ShellWord.of("/a/b-c_1")).isEqualTo("/a/b-c_1");
        assertThat(ShellWord.of("/a b/$x'y")).isEqualTo("'/a b/$x'\\''y'");
        assertThat(ShellWord.of("a\nb")).doesNotContain("\n");
    }

    @Test
    void wants_areLetters() {
        assertThat(Permission.parse("rx")).isEqualTo(5);
        assertThatThrownBy(() -> Permission.parse("rq")).hasMessageContaining("--want rq");
        assertThatThrownBy(() -> Permission.parse("")).isInstanceOf(ConfineException.class);
    }

    @Test
    void idMap_ofAMount_isOfWhoSaysIt() {
        MountFacts plain = MountFacts.plain("/", "ext4");
        MountFacts idmapped = new MountFacts("/m", "ext4", false, false, false, false, false, true, null, false);
        IdMaps maps = new IdMaps(IdMap.of(0, 1000, 1), IdMap.of(0, 1000, 1));
        assertThat(plain.mapSource()).isEmpty();
        assertThat(idmapped.mapSource()).isEqualTo("unknown");
        assertThat(idmapped.with(maps, false).mapSource()).isEqualTo("kernel");
        assertThat(idmapped.with(maps, true).mapSource()).isEqualTo("config.json");
    }
}
