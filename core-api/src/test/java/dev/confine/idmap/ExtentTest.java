package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentTest {
    @Test
    void extent_ofAllIds_isTheInitialMap() {
        assertThat(new Extent(0, 0, 4294967295L)).hasToString("0 0 4294967295");
    }

    @Test
    void extent_withTheIdThatStandsForNone_isRefused() {
        assertThatThrownBy(() -> new Extent(4294967295L, 0, 1)).hasMessageContaining("beyond the ids inside");
        assertThatThrownBy(() -> new Extent(0, 4294967295L, 1)).hasMessageContaining("beyond the ids outside");
        assertThatThrownBy(() -> new Extent(0, 1, 4294967295L))
                .isInstanceOf(IdMapException.class)
                .hasMessage("the map line \"0 1 4294967295\" goes beyond the ids outside: the last one is 4294967294");
    }

    @Test
    void extent_withoutIds_isRefused() {
        assertThatThrownBy(() -> new Extent(0, 0, 0)).hasMessageContaining("the size must be at least 1");
        assertThatThrownBy(() -> new Extent(0, 0, -1)).hasMessageContaining("the size must be at least 1");
    }

    @Test
    void problem_ofNumbersFarOutside_isSaidWithoutOverflow() {
        assertThat(Extent.problem(Long.MIN_VALUE, 0, Long.MAX_VALUE)).contains("inside");
        assertThat(Extent.problem(1, Long.MAX_VALUE, Long.MAX_VALUE)).contains("inside");
        assertThat(Extent.problem(0, -1, 1)).contains("outside");
        assertThat(Extent.problem(7, 8, 9)).isNull();
    }

    @Property
    void parse_ofThreeNumbers_readsThem(
            @ForAll @LongRange(max = 1_000_000) long inside,
            @ForAll @LongRange(max = 4_000_000_000L) long outside,
            @ForAll @LongRange(min = 1, max = 200_000_000) long size) {
        assertThat(Extent.parse(inside + ":" + outside + ":" + size)).isEqualTo(new Extent(inside, outside, size));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "::",
                "0:0",
                "0:0:",
                ":0:1",
                "0::1",
                "0:0:1:",
                "0:0:1:0",
                "+0:0:1",
                "-0:0:1",
                "0:-1:1",
                " 0:0:1",
                "0:0:1 ",
                "0:0:1\n",
                "0x0:0:1",
                "0:0:4294967296",
                "0:4294967296:1",
                "00000000000:0:1",
                "0:99999999999999999999:1",
                "0:0:1e3",
                "\u0660:0:1",
                "0 0 1",
                "0:0:0",
                "4294967295:0:1"
            })
    void parse_ofAnythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Extent.parse(text)).isInstanceOf(IdMapException.class);
    }

    @Property
    void parse_ofAnyText_isReadBackOrRefused(@ForAll String text) {
        try {
            Extent extent = Extent.parse(text);
            assertThat(text.replaceAll("\\b0+(?=\\d)", ""))
                    .isEqualTo(extent.toString().replace(' ', ':'));
        } catch (IdMapException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }
}
