package dev.confine.cli.identity;

import static dev.confine.cli.identity.FakeHost.FIRST_USER;
import static dev.confine.cli.identity.FakeHost.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Screen;
import dev.confine.cli.verb.Schema;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdRange;
import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.UserNamespace;
import dev.confine.spec.NamespaceType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
    private static final OverflowIds OVERFLOW = new OverflowIds(65534, 65533);
    private static final NamespaceId INNER = id(NamespaceType.USER, 101);
    private static final NamespaceId OUTER = id(NamespaceType.USER, 100);
    private static final AccountNames INSIDE = AccountNames.parse("root:x:0:\nweb:x:33:\nnobody:x:65534:\n");
    private static final AccountNames HOST = AccountNames.parse("root:x:0:\nana:x:1000:\nbob:x:100010:\n");
    /** 0 to 9 are the ids from 10 on of the one above, which are those from 100010 on; 33 is a single one. */
    private static final IdMap MAP = IdMap.of(List.of(new Extent(0, 100010, 10), new Extent(33, 200000, 1)));

    private static final IdMap ABOVE =
            IdMap.of(List.of(new Extent(0, 100000, 15), new Extent(15, 100015, 985), new Extent(5000, 200000, 1)));

    @TempDir
    private Path directory;

    private Observation observation = new FakeHost(Path.of("/nowhere-yet-unused")).observation();

    private static IdChain chain(@Nullable IdMap inner, @Nullable IdMap outer) {
        return new IdChain(
                "process 7",
                7,
                List.of(
                        new IdLevel(INNER, false, 7, inner, inner, INSIDE, INSIDE),
                        new IdLevel(OUTER, false, 0, outer, outer, AccountNames.NONE, AccountNames.NONE),
                        new IdLevel(FIRST_USER, true, 0, UserNamespace.IDENTITY, UserNamespace.IDENTITY, HOST, HOST)));
    }

    @BeforeEach
    void host() {
        observation = new FakeHost(directory)
                .namespace(OUTER, FIRST_USER)
                .namespace(INNER, OUTER)
                .namespace(id(NamespaceType.USER, 300), FIRST_USER)
                .process(1, 0, 0, "init")
                .process(7, 1, 100010, "inner", INNER)
                .process(9, 1, 100010, "other", id(NamespaceType.USER, 300))
                .observation();
    }

    private static List<String> words(Kind kind, long asked, boolean fromHost) {
        return IdTranslation.of(chain(MAP, ABOVE), kind, asked, fromHost, OVERFLOW).places().stream()
                .map(IdTranslation.Place::words)
                .toList();
    }

    @Test
    void id_inside_isFollowedToTheHost() {
        assertThat(words(Kind.UID, 0, false)).containsExactly("0 root", "10", "100010 bob");
        assertThat(words(Kind.UID, 33, false)).containsExactly("33 web", "5000", "200000");
    }

    @Test
    void id_thatIsNotMapped_isTheOverflowIdOnTheOtherSides() {
        assertThat(words(Kind.UID, 10, false))
                .containsExactly("10 (unmapped)", "65534 (overflow: unmapped)", "65534 (overflow: unmapped)");
        assertThat(words(Kind.UID, 1000, true))
                .containsExactly("65534 nobody (overflow: unmapped)", "65534 (overflow: unmapped)", "1000 ana");
        assertThat(words(Kind.GID, 100020, true)).containsExactly("65533 (overflow: unmapped)", "20", "100020");
    }

    @Test
    void level_thatNobodyShows_isSaidToBeUnknown() {
        assertThat(IdTranslation.of(chain(MAP, null), Kind.UID, 0, false, OVERFLOW)
                        .places()
                        .get(1)
                        .words())
                .startsWith("?");
    }

    @Test
    void word_isANumberOrANameOfItsSide() {
        IdLevel inner = chain(MAP, ABOVE).inner();
        assertThat(IdTranslation.id("33", inner, Kind.UID)).isEqualTo(33);
        assertThat(IdTranslation.id("web", inner, Kind.UID)).isEqualTo(33);
        assertThat(IdTranslation.id("ana", inner, Kind.UID)).isEqualTo(-1);
        for (String wrong : List.of("4294967295", "-1", "1x", "")) {
            assertThatThrownBy(() -> IdTranslation.id(wrong, inner, Kind.UID)).hasMessageContaining("number");
        }
    }

    @Test
    void pieces_areCutAtTheBordersOfEveryLevel() {
        IdMap crossing = IdMap.of(0, 100010, 10);
        assertThat(IdPiece.of(
                        chain(crossing, IdMap.of(List.of(new Extent(0, 100000, 15), new Extent(100, 100015, 9)))),
                        Kind.UID))
                .containsExactly(new IdPiece(List.of(0L, 10L, 100010L), 5), new IdPiece(List.of(5L, 100L, 100015L), 5));
        assertThat(IdPiece.of(chain(MAP, ABOVE), Kind.UID)).hasSize(2);
        assertThat(IdPiece.of(chain(null, ABOVE), Kind.UID)).isEmpty();
    }

    @Test
    void holes_areWhatIsNotMapped() {
        assertThat(IdPiece.holes(IdPiece.of(chain(MAP, ABOVE), Kind.UID)))
                .containsExactly(new IdRange(10, 23), new IdRange(34, Extent.LAST_ID - 33));
        assertThat(IdPiece.holes(List.of())).containsExactly(new IdRange(0, Extent.LAST_ID + 1));
        assertThat(IdPiece.holes(IdPiece.of(chain(UserNamespace.IDENTITY, ABOVE), Kind.UID)))
                .isEmpty();
    }

    @Test
    void neighbours_areUsersAccountsAndOtherNamespaces() {
        List<IdPiece> pieces = IdPiece.of(chain(MAP, ABOVE), Kind.UID);
        assertThat(IdNeighbours.subordinate("ana:100000:15\n# x\nbob:100015:100\nbad:a:b\nno:1:5\n", pieces))
                .extracting(one -> one.user() + " " + one.common())
                .containsExactly("ana ids 100010 to 100014", "bob ids 100015 to 100019");
        IdNeighbours neighbours = IdNeighbours.of(chain(MAP, ABOVE), Kind.UID, pieces, observation);
        assertThat(neighbours.accounts()).containsExactly(new IdNeighbours.Account(100010, "bob"));
        assertThat(neighbours.shared())
                .extracting(IdNeighbours.Shared::words)
                .containsExactly("ids 100010 to 100019 are also those of user:[300] (other)");
    }

    private List<IdOverview> overviews(IdChain chain) {
        return List.of(IdOverview.of(chain, Kind.UID, observation), IdOverview.of(chain, Kind.GID, observation));
    }

    @Test
    void ladder_ofMap_hasRungsAndHoles() {
        IdChain chain = chain(MAP, ABOVE);
        String ladder = IdLadder.of(chain, overviews(chain), OVERFLOW, Screen.PLAIN);
        assertThat(ladder)
                .startsWith("""
                        uid map of process 7, 11 ids
                                 INSIDE      user:[100]            HOST
                                 root 0 ╶──╴         10 ╶──╴ bob 100010   10 ids
                                      9 ╶──╴         19 ╶──╴     100019
                                  10-32 ┊   hole: 23 ids, shown as 65534 (nobody)
                                 web 33 ╶──╴       5000 ╶──╴     200000   1 id
                          34-4294967294 ┊   hole: 4,294,967,261 ids, shown as 65534 (nobody)
                        """)
                .contains("real accounts of the host are in it: bob 100010")
                .contains("are also those of user:[300]")
                .contains("gid map of process 7");
        assertThat(IdLadder.of(chain, overviews(chain), OVERFLOW, new Screen(50, false, false))
                        .split("\n"))
                .allMatch(line -> DisplayWidth.of(line) <= 50);
    }

    @Test
    void ladder_withoutMap_saysSo() {
        IdChain none = chain(null, ABOVE);
        assertThat(IdLadder.of(none, overviews(none), OVERFLOW, Screen.PLAIN))
                .contains("no id is mapped: all show as 65534 (nobody)");
        IdChain ours = new IdChain("process 1", 1, List.of(none.levels().get(2)));
        assertThat(IdLadder.of(ours, overviews(ours), OVERFLOW, Screen.PLAIN)).contains("every id is itself");
    }

    @Test
    void json_ofBoth_isAsDocumented() {
        IdChain chain = chain(MAP, null);
        String ids = IdsJson.translated(chain, List.of(IdTranslation.of(chain, Kind.UID, 10, false, OVERFLOW)));
        assertThat(Schema.ours("ids").errors(Schema.parse(ids))).isEmpty();
        assertThat(Schema.parse(ids).at("/ids/0/at/2/mapped").asBoolean(true)).isFalse();
        String whole = IdsJson.overview(chain, overviews(chain));
        assertThat(Schema.ours("ids").errors(Schema.parse(whole))).isEmpty();
        assertThat(Schema.parse(whole).at("/uid/pieces/0/firsts").toString()).isEqualTo("[0,-1,100010]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void picture_ofAnyMap_hasNoOverlaps(int lines) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            extents.add(new Extent(i * 10L, 4_000_000_000L - i * 20L, 7));
        }
        IdMap map = lines == 0 ? null : IdMap.of(extents);
        IdChain chain = chain(map, UserNamespace.IDENTITY);
        Drawing drawing = Drawing.of(IdLadderPicture.of(chain, overviews(chain), OVERFLOW));
        assertThat(drawing.texts()).hasSizeGreaterThan(lines * 2);
        assertThat(drawing.overlaps()).isEmpty();
        assertThat(drawing.outside()).isEmpty();
    }
}
