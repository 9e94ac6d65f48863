package dev.confine.cli.identity;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Svg;
import dev.confine.idmap.IdRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The map as a picture: a rail a level, on it a box for each piece in the order of the ids there, bands between the boxes of a piece, and the holes inside. Heights say
 * nothing of sizes, which range from 1 to four thousand million; every label has a place of its own.
 */
final class IdLadderPicture {
    private static final int MARGIN = 16;
    private static final int RAIL = 236;
    private static final int GAP = 120;
    private static final int BOX = 2 * Svg.LINE + 8;
    private static final int STEP = BOX + 8;
    private static final int MOST_NOTES = 12;
    private static final String[] COLOURS = {"#bbdefb", "#c8e6c9", "#ffe0b2", "#f8bbd0", "#e1bee7", "#b2dfdb", "#fff9c4"
    };

    private final IdChain chain;
    private final OverflowIds overflow;
    private final Svg svg = new Svg();
    private int y = MARGIN;
    private int widest;

    private IdLadderPicture(IdChain chain, OverflowIds overflow) {
        this.chain = chain;
        this.overflow = overflow;
        this.widest = 2 * MARGIN + chain.levels().size() * (RAIL + GAP) - GAP;
    }

    static String of(IdChain chain, List<IdOverview> overviews, OverflowIds overflow) {
        IdLadderPicture picture = new IdLadderPicture(chain, overflow);
        for (IdOverview overview : overviews) {
            picture.add(overview);
        }
        return picture.svg.document(picture.widest, picture.y);
    }

    private void add(IdOverview overview) {
        note(overview.kind() + " map of " + chain.what(), "font-weight:bold;fill:#1a237e");
        if (chain.isOurs()) {
            note("it is in the user namespace of the caller: every id is itself", "fill:#333");
            y += MARGIN;
            return;
        }
        for (int level = 0; level < chain.levels().size(); level++) {
            String title = level == 0
                    ? "INSIDE " + Objects.toString(chain.inner().id(), "")
                    : chain.levels().get(level).title();
            svg.text(x(level), y, DisplayWidth.cut(title.strip(), Svg.columns(RAIL)), "fill:#555");
        }
        y += Svg.LINE + 8;
        int height = 0;
        List<Map<IdPiece, Integer>> places = new ArrayList<>();
        List<Object> inside = insideOrder(overview);
        for (int level = 0; level < chain.levels().size(); level++) {
            places.add(level == 0 ? places(inside) : places(new ArrayList<>(order(overview.pieces(), level))));
            height = Math.max(
                    height,
                    STEP * (level == 0 ? inside.size() : overview.pieces().size()));
        }
        bands(overview, places);
        boxes(overview, places);
        for (int i = 0; i < inside.size(); i++) {
            if (inside.get(i) instanceof IdRange hole) {
                hole(hole, y + i * STEP, overview.kind());
            }
        }
        y += height + 8;
        notes(overview);
        y += MARGIN;
    }

    private static int x(int level) {
        return MARGIN + level * (RAIL + GAP);
    }

    /** Pieces and holes by the ids inside. */
    private static List<Object> insideOrder(IdOverview overview) {
        List<Object> order = new ArrayList<>(overview.pieces());
        order.addAll(overview.holes());
        order.sort(Comparator.comparingLong(
                one -> one instanceof IdPiece piece ? piece.inside() : one instanceof IdRange hole ? hole.first() : 0));
        return order;
    }

    private static List<IdPiece> order(List<IdPiece> pieces, int level) {
        List<IdPiece> order = new ArrayList<>(pieces);
        order.sort(Comparator.comparingLong(piece -> piece.firsts().get(level)));
        return order;
    }

    private Map<IdPiece, Integer> places(List<Object> order) {
        Map<IdPiece, Integer> places = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) instanceof IdPiece piece) {
                places.put(piece, y + i * STEP);
            }
        }
        return places;
    }

    private void bands(IdOverview overview, List<Map<IdPiece, Integer>> places) {
        for (int level = 0; level + 1 < places.size(); level++) {
            for (int i = 0; i < overview.pieces().size(); i++) {
                IdPiece piece = overview.pieces().get(i);
                int left = places.get(level).getOrDefault(piece, y);
                int right = places.get(level + 1).getOrDefault(piece, y);
                svg.band(
                        x(level) + RAIL,
                        left,
                        left + BOX,
                        x(level + 1),
                        right,
                        right + BOX,
                        "fill:" + COLOURS[i % COLOURS.length] + ";fill-opacity:0.5");
            }
        }
    }

    private void boxes(IdOverview overview, List<Map<IdPiece, Integer>> places) {
        for (int level = 0; level < places.size(); level++) {
            for (int i = 0; i < overview.pieces().size(); i++) {
                IdPiece piece = overview.pieces().get(i);
                int top = places.get(level).getOrDefault(piece, y);
                svg.box(x(level), top, RAIL, BOX, "fill:" + COLOURS[i % COLOURS.length] + ";stroke:#666");
                long first = piece.firsts().get(level);
                String ids = first < 0
                        ? "?"
                        : piece.size() == 1 ? Long.toString(first) : first + " – " + (first + piece.size() - 1);
                label(x(level), top + 4, ids, "fill:#222");
                String name = first < 0
                        ? null
                        : chain.levels().get(level).names(overview.kind()).find(first);
                String count = piece.size() == 1 ? "1 id" : piece.size() + " ids";
                String named = piece.size() == 1 ? ", " + name : ", from " + name + " on";
                label(x(level), top + 4 + Svg.LINE, name == null ? count : count + named, "fill:#555");
            }
        }
    }

    private void hole(IdRange hole, int top, Kind kind) {
        svg.box(x(0), top, RAIL, BOX, "fill:#fafafa;stroke:#bbb;stroke-dasharray:4 4");
        label(x(0), top + 4, hole.first() + " – " + hole.last(), "fill:#888");
        long shown = kind == Kind.UID ? overflow.uid() : overflow.gid();
        label(x(0), top + 4 + Svg.LINE, "hole, shown as " + shown, "fill:#888");
    }

    private void label(int x, int top, String text, String style) {
        svg.text(x + 8, top, DisplayWidth.cut(DisplayWidth.printable(text), Svg.columns(RAIL - 16)), style);
    }

    private void notes(IdOverview overview) {
        String file = overview.kind() == Kind.UID ? "/etc/subuid" : "/etc/subgid";
        List<String> notes = new ArrayList<>();
        for (IdNeighbours.Subordinate one : overview.neighbours().subordinate()) {
            notes.add("host " + one.common() + ": given to " + one.user() + " in " + file);
        }
        for (IdNeighbours.Shared shared : overview.neighbours().shared()) {
            notes.add("host " + shared.words());
        }
        if (!overview.neighbours().accounts().isEmpty()) {
            IdNeighbours.Account first = overview.neighbours().accounts().get(0);
            notes.add("real accounts of the host are in it: "
                    + overview.neighbours().accounts().size() + ", the first is " + first.name() + " " + first.id());
        }
        for (int i = 0; i < Math.min(notes.size(), MOST_NOTES); i++) {
            note(notes.get(i), "fill:#b26a00");
        }
        if (notes.size() > MOST_NOTES) {
            note("and " + (notes.size() - MOST_NOTES) + " more such", "fill:#b26a00");
        }
    }

    /** A line over the whole width, which grows with it. */
    private void note(String text, String style) {
        String shown = DisplayWidth.cut(DisplayWidth.printable(text), 120);
        svg.text(MARGIN, y, shown, style);
        widest = Math.max(widest, Svg.width(shown) + 2 * MARGIN);
        y += Svg.LINE + 2;
    }
}
