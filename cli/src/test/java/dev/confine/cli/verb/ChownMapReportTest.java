package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.args.ChownMapArguments;
import dev.confine.cli.args.MapArguments;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.ownership.IdShift;
import dev.confine.runtime.ownership.Relabelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChownMapReportTest {
    @TempDir
    Path tree = Path.of("/nowhere");

    /** By a map that has none of the owners. */
    private String report(boolean json) {
        IdMap map = IdMap.of(4_000_000, 4_100_000, 1);
        Relabelling.Tally tally =
                Relabelling.look(new HostFiles(), tree.toString(), new IdShift(new IdMaps(map, map), false), Map.of());
        ChownMapArguments asked =
                new ChownMapArguments("t", MapArguments.NONE, null, false, false, false, null, null, json);
        return ChownMapReport.of(asked, tree.toString(), tally, "There is another way.", "Go on.", "/j");
    }

    @Test
    void json_followsTheSchema() {
        String json = report(true);
        assertThat(Schema.ours("chown-map").errors(Schema.parse(json))).isEmpty();
        assertThat(Schema.parse(json).path("unmapped").asInt()).isEqualTo(1);
    }

    @Test
    void text_hasOnlyWhatThereIs() throws IOException {
        Files.writeString(tree.resolve("f"), "");
        assertThat(report(false).lines())
                .hasSize(4)
                .startsWith(tree + ": 2 files, 0 would have another owner")
                .endsWith("There is another way.", "Go on.");
    }
}
