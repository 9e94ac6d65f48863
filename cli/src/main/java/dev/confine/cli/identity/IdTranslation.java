package dev.confine.cli.identity;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.cli.text.Table;
import dev.confine.idmap.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an id is on every level of a chain.
 *
 * @param kind of it
 * @param asked the id, on the side that was asked about
 * @param places in the order of the levels
 */
record IdTranslation(Kind kind, long asked, List<Place> places) {
    IdTranslation {
        places = List.copyOf(places);
    }

    /**
     * On one level.
     *
     * @param id what the kernel shows there; the overflow id where it is not mapped
     * @param name by the files of that side, or null
     * @param mapped whether it is an id there
     * @param known whether the map of that level could be read
     * @param asked whether it is the side that was asked about, where the id is the one that was asked for in any case
     */
    record Place(long id, @Nullable String name, boolean mapped, boolean known, boolean asked) {
        String words() {
            if (!known) {
                return "? (nobody in it shows its map)";
            }
            String shown = name == null ? Long.toString(id) : id + " " + name;
            return mapped ? shown : shown + (asked ? " (unmapped)" : " (overflow: unmapped)");
        }
    }

    static IdTranslation of(IdChain chain, Kind kind, long asked, boolean fromHost, OverflowIds overflow) {
        OptionalLong host = fromHost ? OptionalLong.of(asked) : chain.inner().outside(kind, asked);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < chain.levels().size(); i++) {
            IdLevel level = chain.levels().get(i);
            boolean own = !fromHost && i == 0;
            OptionalLong id = host.isPresent() ? level.inside(kind, host.getAsLong()) : OptionalLong.empty();
            long none = kind == Kind.UID ? overflow.uid() : overflow.gid();
            boolean known = i == 0 || level.map(kind) != null;
            long shown = id.orElse(own ? asked : none);
            places.add(new Place(shown, level.names(kind).find(shown), id.isPresent(), known, own));
        }
        return new IdTranslation(kind, asked, places);
    }

    /**
     * The number of {@code word}, which may be a name of the side that is asked about.
     *
     * @return -1 when it is a name that users or groups of that side do not have
     */
    static long id(String word, IdLevel side, Kind kind) {
        if (word.chars().allMatch(c -> c >= '0' && c <= '9') && !word.isEmpty() && word.length() <= 10) {
            long id = Long.parseLong(word);
            if (id <= Extent.LAST_ID) {
                return id;
            }
        }
        if (word.isEmpty() || Character.isDigit(word.charAt(0)) || word.startsWith("-")) {
            throw new ConfineException(
                    "id " + Quoted.text(word) + ": write a number of 0 to " + Extent.LAST_ID + " or a name");
        }
        return side.names(kind).idOf(word);
    }

    /** All of them, a line each, with a column for each level in the order of the question. */
    static String table(List<IdTranslation> all, IdChain chain, boolean fromHost, Screen screen) {
        List<String> headings = new ArrayList<>(List.of("KIND"));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chain.levels().size(); i++) {
            order.add(fromHost ? chain.levels().size() - 1 - i : i);
        }
        for (int level : order) {
            headings.add(title(chain, level));
        }
        Table table = new Table(headings.toArray(String[]::new));
        for (String heading : headings.subList(1, headings.size())) {
            table.tone(heading, cell -> cell.contains("unmapped") || cell.startsWith("?") ? Tone.WARNING : Tone.PLAIN);
            table.least(heading, 14);
        }
        for (IdTranslation one : all) {
            List<String> row = new ArrayList<>(List.of(one.kind.toString()));
            for (int level : order) {
                row.add(one.places.get(level).words());
            }
            table.row(row.toArray(String[]::new));
        }
        return table.on(screen);
    }

    private static String title(IdChain chain, int level) {
        IdLevel one = chain.levels().get(level);
        return level == 0 && !one.ours() && one.id() != null ? "INSIDE " + one.id() : one.title();
    }
}
