package dev.confine.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.FakeSession;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static Table table() {
        Table table = new Table("NAME", "SIZE", "REMARK", "COMMAND")
                .right("SIZE")
                .least("COMMAND", 8)
                .dispensable("REMARK", "SIZE");
        table.row("a", "7", "none", "/usr/bin/something --long");
        table.row("名前", "12345", "ä", "sh");
        return table;
    }

    private static Screen screen(int columns) {
        return new Screen(columns, false, true);
    }

    @Test
    void columns_withWideCharacters_areAligned() {
        assertThat(table()).hasToString("""
                        NAME    SIZE   REMARK   COMMAND
                        a          7   none     /usr/bin/something --long
                        名前   12345   ä        sh
                        """);
    }

    @Test
    void column_thatMay_isCutFirst() {
        assertThat(table().on(screen(40))).isEqualTo("""
                        NAME   SIZE  REMARK  COMMAND
                        a         7  none    /usr/bin/something…
                        名前  12345  ä       sh
                        """);
    }

    @Test
    void columns_thatCanBeDoneWithout_areLeftOutAndSaid() {
        assertThat(table().on(screen(25))).isEqualTo("""
                        NAME   SIZE  COMMAND
                        a         7  /usr/bin/so…
                        名前  12345  sh
                        (left out, too narrow: REMARK)
                        """);
    }

    @Test
    void lines_onAnyScreenThatIsWideEnough_fit() {
        for (int columns = 20; columns < 70; columns++) {
            for (String line : table().on(screen(columns)).split("\n")) {
                if (!line.startsWith("(")) {
                    assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(columns);
                }
            }
        }
    }

    @Test
    void cell_withControlCharacters_isMadeHarmless() {
        Table table = new Table("A");
        table.row("x\u001b[31m\n\u202ey");
        assertThat(table).hasToString("A\nx?[31m??y\n");
    }

    @Test
    void colours_areForColouredScreensOnly() {
        Table table = new Table("A", "B").tone("A", cell -> cell.equals("bad") ? Tone.BAD : Tone.PLAIN);
        table.row("bad", "x");
        assertThat(table.on(new Screen(80, true, true)))
                .isEqualTo("\u001b[1mA\u001b[0m     \u001b[1mB\u001b[0m\n\u001b[31mbad\u001b[0m   x\n");
        assertThat(table.toString()).doesNotContain("\u001b");
    }

    @Test
    void width_ofText_isInColumns() {
        assertThat(DisplayWidth.of("abc")).isEqualTo(3);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("漢字")).isEqualTo(4);
        assertThat(DisplayWidth.of("\ud83d\ude00")).isEqualTo(2);
        assertThat(DisplayWidth.cut("漢字漢字", 5)).isEqualTo("漢字…");
        assertThat(DisplayWidth.cut("漢字漢字", 4)).isEqualTo("漢…");
        assertThat(DisplayWidth.cut("ab", 2)).isEqualTo("ab");
    }

    private static Screen screen(int terminals, Map<String, String> environment) {
        Caller caller = FakeSession.user(environment);
        return Screen.of(new Caller(1, caller.uid(), 0, List.of(), 0, 0, terminals, "/", List.of(), environment));
    }

    @Test
    void screen_ofFile_isEndlessAndPlain() {
        assertThat(screen(0, Map.of("TERM", "xterm", "LANG", "C.UTF-8"))).isEqualTo(Screen.PLAIN);
        assertThat(screen(0, Map.of("LC_ALL", "C", "LANG", "C.UTF-8")).lines()).isFalse();
    }

    @Test
    void screen_ofTerminal_isColoured() {
        assertThat(screen(2, Map.of("TERM", "xterm", "COLUMNS", "72"))).isEqualTo(new Screen(72, true, false));
        assertThat(screen(2, Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
        assertThat(screen(2, Map.of("TERM", "xterm", "NO_COLOR", "")).colour()).isTrue();
        assertThat(screen(2, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(screen(5, Map.of("TERM", "xterm")).colour()).isFalse();
    }
}
