package dev.confine.runtime.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class IdShiftTest {
    private static final IdMaps MAPS = new IdMaps(IdMap.of(0, 100_000, 1000), IdMap.of(0, 200_000, 1000));
    private static final IdShift FORTH = new IdShift(MAPS, false);
    private static final IdShift BACK = new IdShift(MAPS, true);
    private static final String LIST = "02000000" + "01000700ffffffff" + "0200050021000000" + "04000500ffffffff"
            + "080001002c000000" + "10000700ffffffff" + "20000000ffffffff";
    private static final String CAPABILITY_2 = "0100000200200000000000000000000000000000";
    private static final String CAPABILITY_3 = "0100000300200000000000000000000000000000a0860100";

    private static String list(IdShift shift, String hex) {
        return Owned.hex(shift.list(Owned.bytes(hex)));
    }

    private static String capabilities(IdShift shift, String hex) {
        return Owned.hex(shift.capabilities(Owned.bytes(hex)));
    }

    @Property
    void back_isTheOppositeOfForth(@ForAll @LongRange(min = 0, max = 1200) long id) {
        assertThat(BACK.uid(FORTH.uid(id))).isEqualTo(id);
        assertThat(FORTH.hasGid(id)).isEqualTo(id < 1000);
        assertThat(FORTH.gid(id)).isEqualTo(id < 1000 ? 200_000 + id : id);
    }

    @Example
    void list_hasItsNamedUsersAndGroupsShifted_andNothingElse() {
        String shifted = list(FORTH, LIST);
        assertThat(shifted).isEqualTo(LIST.replace("21000000", "c1860100").replace("2c000000", "6c0d0300"));
        assertThat(list(BACK, shifted)).isEqualTo(LIST);
    }

    @Example
    void capability_getsTheIdOfTheRootInside_andGivesItBack() {
        assertThat(capabilities(FORTH, CAPABILITY_2)).isEqualTo(CAPABILITY_3);
        assertThat(capabilities(BACK, CAPABILITY_3)).isEqualTo(CAPABILITY_2);
        assertThat(capabilities(FORTH, "0100000112345678")).isEqualTo("0100000112345678");
    }

    @Example
    void owned_isShiftedAsAWhole_andKeepsItsMode() {
        Owned owned = new Owned(1, 2, 5, 7, 04755, CAPABILITY_2, LIST, Owned.NONE);
        Owned shifted = owned.by(FORTH);
        assertThat(shifted.uid()).isEqualTo(100_005);
        assertThat(shifted.gid()).isEqualTo(200_007);
        assertThat(shifted.mode()).isEqualTo(04755);
        assertThat(shifted.by(BACK)).isEqualTo(owned);
        assertThat(Owned.parse(owned.line())).isEqualTo(owned);
    }

    // ---- the journal

    @Example
    void journal_withAHalfLine_isReadWithoutIt() throws IOException {
        Path directory = Files.createTempDirectory("journal");
        Path file = directory.resolve("j");
        Owned owned = new Owned(1, 2, 0, 0, 0755, Owned.NONE, Owned.NONE, Owned.NONE);
        try (Journal.Writer writer = Journal.Writer.create(file, "/tree", FORTH)) {
            writer.before(owned);
            assertThatThrownBy(() -> Journal.Writer.create(file, "/tree", FORTH))
                    .hasMessageContaining("--journal");
        }
        String whole = Files.readString(file);
        Files.writeString(file, whole + "1 3 0 0 7");
        Journal journal = Journal.read(file, uid(file));
        assertThat(journal.before()).containsExactly(Map.entry(owned.key(), owned));
        assertThat(journal.shift().maps().sameMeaning(MAPS)).isTrue();
        assertThat(journal.done()).isFalse();
        try (Journal.Writer writer = Journal.Writer.resume(file)) {
            writer.done();
        }
        assertThat(Files.readString(file)).isEqualTo(whole + "done\n");
        assertThat(Journal.read(file, uid(file)).done()).isTrue();
        Path link = Files.createSymbolicLink(directory.resolve("l"), file);
        assertThatThrownBy(() -> Journal.read(link, uid(file))).hasMessageContaining("not trusted");
        Files.delete(link);
        Files.delete(file);
        Files.delete(directory);
    }

    @Example
    void journal_thatIsNone_isRefused() {
        Path file = Path.of("j");
        assertThatThrownBy(() -> Journal.parse("something\n", file)).hasMessageContaining("none of chown-map");
        String head = "confine chown-map 1\n/tree\nforth\n0:1:1\n0:1:1\n";
        assertThat(Journal.parse(head, file).before()).isEmpty();
        assertThatThrownBy(() -> Journal.parse(head + "x\n", file)).hasMessageContaining("a line that is none");
    }

    /** Whoever runs this may give a file to whom it belongs already. */
    @Example
    void tree_thatHasTheOwnersAlready_isCountedAndLeftAlone() throws IOException {
        Path tree = Files.createTempDirectory("tree");
        Files.writeString(tree.resolve("f"), "");
        Files.createLink(tree.resolve("g"), tree.resolve("f"));
        Files.createSymbolicLink(tree.resolve("s"), Path.of("/nowhere"));
        long uid = uid(tree);
        long gid = (Integer) Files.getAttribute(tree, "unix:gid");
        IdShift same = new IdShift(new IdMaps(IdMap.of(uid, uid, 1), IdMap.of(gid, gid, 1)), false);
        Relabelling.Tally tally = Relabelling.look(new HostFiles(), tree.toString(), same, Map.of());
        assertThat(tally.files()).isEqualTo(3);
        assertThat(tally.changed()).isZero();
        assertThat(tally.links()).isEqualTo(1);
        assertThat(tally.elsewhere()).isZero();
        assertThat(tally.outside()).isZero();
        Files.delete(tree.resolve("g"));
        Files.delete(tree.resolve("s"));
        Files.delete(tree.resolve("f"));
        Files.delete(tree);
    }

    private static long uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    @Example
    void hexadecimal_isWhatItSays() {
        assertThat(Owned.hex(null)).isEqualTo("-");
        assertThat(Owned.hex(HexFormat.of().parseHex("00ff"))).isEqualTo("00ff");
    }
}
