package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdMapTest {
    private static final Extent ROOT = new Extent(0, 1000, 1);
    private static final Extent REST = new Extent(1, 100000, 65536);

    @Test
    void map_withoutLines_isRefused() {
        assertThatThrownBy(() -> new IdMap(List.of())).hasMessage("the map has no lines: it needs at least one");
    }

    @Test
    void map_whoseLinesOverlapInside_isRefusedWithBothLines() {
        Extent other = new Extent(65536, 0, 10);
        IdMapException e = catchThrowableOfType(IdMapException.class, () -> IdMap.of(List.of(ROOT, REST, other)));
        assertThat(e)
                .hasMessage("the map lines \"1 100000 65536\" and \"65536 0 10\" overlap: both have id 65536 inside");
        assertThat(e.extents()).containsExactly(REST, other);
    }

    @Test
    void map_whoseLinesOverlapOutside_isRefusedWithBothLines() {
        assertThatThrownBy(() -> IdMap.of(List.of(REST, new Extent(70000, 99990, 20))))
                .hasMessage("the map lines \"1 100000 65536\" and \"70000 99990 20\" overlap:"
                        + " both have ids 100000 to 100009 outside");
    }

    @Test
    void problems_ofManyOverlaps_areAllSaidOncePerSide() {
        assertThat(IdMap.problems(List.of(ROOT, ROOT, ROOT))).hasSize(4);
        assertThat(IdMap.problems(List.of(ROOT, REST))).isEmpty();
    }

    @Test
    void map_ofAsManyLinesAsTheKernelTakes_isAllowedAndOneMoreIsNot() {
        assertThat(new IdMap(singles(340)).size()).isEqualTo(340);
        assertThatThrownBy(() -> new IdMap(singles(341)))
                .hasMessage("the map has 341 lines, and the kernel takes at most 340: use fewer, larger ranges");
    }

    @Test
    void lines_longerThanAPage_areRefused() {
        List<Extent> far = new ArrayList<>();
        for (int i = 0; i < 340; i++) {
            far.add(new Extent(4000000000L + 2L * i, 3000000000L + 2L * i, 1));
        }
        assertThatThrownBy(() -> new IdMap(far).lines())
                .hasMessage("the map has 340 lines of 8160 bytes together, and the kernel takes at most 4095:"
                        + " use fewer, larger ranges");
    }

    @Test
    void lines_areThoseOfTheKernel() {
        assertThat(IdMap.of(List.of(ROOT, REST)).lines()).isEqualTo("0 1000 1\n1 100000 65536\n");
    }

    @Test
    void parse_ofWhatProcShows_readsIt() {
        assertThat(IdMap.parse("         0       1001          1\n         1     100000      65536\n")
                        .extents())
                .containsExactly(new Extent(0, 1001, 1), REST);
    }

    @Test
    void parse_ofAnythingElse_isRefused() {
        for (String text : List.of("", "\n", "0 0", "0 0 1 1", "0 0 x", "0\t0\t1", "0 0 1\n\n", "-1 0 1", "0 0 0")) {
            assertThatThrownBy(() -> IdMap.parse(text)).as(text).isInstanceOf(IdMapException.class);
        }
    }

    @Test
    void parse_ofALineWithTooFewNumbers_saysWhatALineIs() {
        assertThatThrownBy(() -> IdMap.parse("5 6"))
                .hasMessage("\"5 6\" is no line of a map: three numbers, for example 0 100000 65536");
    }

    @Test
    void splitAt_aBorderOfTheParent_cutsThere() {
        IdMap parent = IdMap.of(List.of(ROOT, REST));
        assertThat(IdMap.of(5, 0, 100).splitAt(parent).extents())
                .containsExactly(new Extent(5, 0, 1), new Extent(6, 1, 99));
    }

    @Test
    void splitAt_aParentThatLacksIds_saysWhichAndShowsTheLines() {
        IdMap parent = IdMap.of(List.of(ROOT, REST));
        assertThatThrownBy(() -> IdMap.of(0, 65000, 1000).splitAt(parent))
                .hasMessage(
                        "ids 65537 to 65999 are not mapped in the parent user namespace"
                                + " (the map line \"0 65000 1000\" asks for them). The parent has \"0 1000 1\", \"1 100000 65536\"");
    }

    @Test
    void compose_withNothingInCommon_isRefused() {
        assertThatThrownBy(() -> IdMap.of(0, 70000, 5).compose(IdMap.of(List.of(ROOT, REST))))
                .hasMessageContaining("none of the ids of \"0 70000 5\" is mapped");
    }

    @Test
    void compose_throughTwoNamespaces_isTheHost() {
        IdMap composed = IdMap.of(0, 1000, 10).compose(IdMap.of(List.of(ROOT, REST)));
        assertThat(composed.extents()).containsExactly(new Extent(0, 100999, 10));
    }

    @Test
    void maps_splitAtTheirParents_sayWhichOfTheTwoDoesNotFit() {
        IdMaps parent = new IdMaps(IdMap.of(0, 0, 10), IdMap.of(0, 0, 5));
        IdMaps maps = new IdMaps(IdMap.of(0, 0, 10), IdMap.of(0, 0, 10));
        assertThatThrownBy(() -> maps.splitAt(parent)).hasMessageStartingWith("gid map: ids 5 to 9 are not mapped");
    }

    private static List<Extent> singles(int count) {
        List<Extent> singles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            singles.add(new Extent(2L * i, 2L * i, 1));
        }
        return singles;
    }
}
