package dev.confine.cli.identity;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps in few words, each line as the flags of confine take it: {@code CONTAINER:HOST:SIZE}. */
final class MapWords {
    private static final int MOST = 2;
    private static final List<Extent> EVERYTHING = List.of(new Extent(0, 0, Extent.LAST_ID + 1));

    private MapWords() {}

    static String of(@Nullable IdMap map) {
        if (map == null) {
            return "none";
        }
        List<Extent> lines = map.normalized().extents();
        if (lines.equals(EVERYTHING)) {
            return "all";
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(lines.size(), MOST); i++) {
            words.append(i == 0 ? "" : ",").append(of(lines.get(i)));
        }
        return lines.size() > MOST
                ? words.append(",+").append(lines.size() - MOST).toString()
                : words.toString();
    }

    static String of(Extent line) {
        return line.inside() + ":" + line.outside() + ":" + line.size();
    }
}
