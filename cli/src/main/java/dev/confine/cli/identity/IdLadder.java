package dev.confine.cli.identity;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.idmap.IdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The map as a ladder in the terminal: a rail a level, a rung for the first and the last id of each piece, and the holes between. */
final class IdLadder {
    private static final int MOST_REMARKS = 6;
    private static final int LONGEST_NAME = 12;

    private final IdChain chain;
    private final Screen screen;
    private final OverflowIds overflow;
    private final StringBuilder text = new StringBuilder();

    private IdLadder(IdChain chain, OverflowIds overflow, Screen screen) {
        this.chain = chain;
        this.overflow = overflow;
        this.screen = screen;
    }

    static String of(IdChain chain, List<IdOverview> overviews, OverflowIds overflow, Screen screen) {
        IdLadder ladder = new IdLadder(chain, overflow, screen);
        for (IdOverview overview : overviews) {
            ladder.add(overview);
        }
        return ladder.text.toString();
    }

    /** A line of it: what is at each rail, and what is to be said. */
    private record Rung(List<String> cells, String remark, Tone tone) {}

    private void add(IdOverview overview) {
        text.append(text.length() == 0 ? "" : "\n");
        line(Tone.HEADING, overview.kind() + " map of " + chain.what() + ", " + count(overview.size()));
        if (chain.isOurs()) {
            line(Tone.PLAIN, "it is in the user namespace of the caller: every id is itself");
            return;
        }
        if (overview.pieces().isEmpty()) {
            line(Tone.WARNING, "no id is mapped: all show as " + overflow(overview.kind()));
            return;
        }
        List<Rung> rungs = rungs(overview);
        int[] widths = widths(rungs);
        for (Rung rung : rungs) {
            draw(rung, widths);
        }
        remarks(overview);
    }

    private List<Rung> rungs(IdOverview overview) {
        List<Rung> rungs = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < chain.levels().size(); i++) {
            titles.add(i == 0 ? "INSIDE" : chain.levels().get(i).title());
        }
        rungs.add(new Rung(titles, "", Tone.HEADING));
        List<IdRange> holes = new ArrayList<>(overview.holes());
        for (IdPiece piece : overview.pieces()) {
            while (!holes.isEmpty() && holes.get(0).first() < piece.inside()) {
                rungs.add(hole(holes.remove(0), overview.kind()));
            }
            rungs.add(rung(piece, 0, overview.kind(), count(piece.size())));
            if (piece.size() > 1) {
                rungs.add(rung(piece, piece.size() - 1, overview.kind(), ""));
            }
        }
        for (IdRange hole : holes) {
            rungs.add(hole(hole, overview.kind()));
        }
        return rungs;
    }

    private Rung rung(IdPiece piece, long offset, Kind kind, String remark) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < chain.levels().size(); i++) {
            long first = piece.firsts().get(i);
            String name = first < 0 ? null : chain.levels().get(i).names(kind).find(first + offset);
            String id = first < 0 ? "?" : Long.toString(first + offset);
            cells.add(name == null ? id : DisplayWidth.cut(name, LONGEST_NAME) + " " + id);
        }
        return new Rung(cells, remark, Tone.PLAIN);
    }

    private Rung hole(IdRange hole, Kind kind) {
        String ids = hole.size() == 1 ? Long.toString(hole.first()) : hole.first() + "-" + hole.last();
        return new Rung(List.of(ids), "hole: " + count(hole.size()) + ", shown as " + overflow(kind), Tone.FAINT);
    }

    private String overflow(Kind kind) {
        long id = kind == Kind.UID ? overflow.uid() : overflow.gid();
        String name = chain.inner().names(kind).find(id);
        return name == null ? Long.toString(id) : id + " (" + name + ")";
    }

    /** What comes and goes before the first rail is no wider than it must be; a hole has no other rails. */
    private int[] widths(List<Rung> rungs) {
        int[] widths = new int[chain.levels().size()];
        for (Rung rung : rungs) {
            for (int i = 0; i < rung.cells.size(); i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(rung.cells.get(i)));
            }
        }
        return widths;
    }

    private void draw(Rung rung, int[] widths) {
        boolean heading = rung.tone == Tone.HEADING;
        String between = heading ? "      " : screen.lines() ? " ╶──╴ " : " ---- ";
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < rung.cells.size(); i++) {
            String cell = rung.cells.get(i);
            line.append(i == 0 ? "" : between)
                    .append(" ".repeat(widths[i] - DisplayWidth.of(cell)))
                    .append(cell);
        }
        if (rung.cells.size() == 1 && widths.length > 1) {
            line.append(screen.lines() ? " ┊" : " :");
        }
        String whole = rung.remark.isEmpty() ? line.toString() : line + "   " + rung.remark;
        line(rung.tone, whole);
    }

    private void remarks(IdOverview overview) {
        IdNeighbours neighbours = overview.neighbours();
        String file = overview.kind() == Kind.UID ? "/etc/subuid" : "/etc/subgid";
        List<String> remarks = new ArrayList<>();
        for (IdNeighbours.Subordinate one : neighbours.subordinate()) {
            remarks.add("host " + one.common() + ": given to " + one.user() + " in " + file);
        }
        add(Tone.PLAIN, remarks);
        warnings(overview, file);
    }

    private void warnings(IdOverview overview, String file) {
        IdNeighbours neighbours = overview.neighbours();
        Set<String> owners = new TreeSet<>();
        for (IdNeighbours.Subordinate one : neighbours.subordinate()) {
            owners.add(one.user());
        }
        List<String> warnings = new ArrayList<>();
        if (owners.size() > 1) {
            warnings.add("several users have ids of it in " + file + ": " + String.join(", ", owners));
        }
        List<String> names = new ArrayList<>();
        for (IdNeighbours.Account account : neighbours.accounts()) {
            if (names.size() == MOST_REMARKS) {
                names.add("and " + (neighbours.accounts().size() - MOST_REMARKS) + " more");
                break;
            }
            names.add(account.name() + " " + account.id());
        }
        if (!names.isEmpty()) {
            warnings.add("real accounts of the host are in it: " + String.join(", ", names));
        }
        for (IdNeighbours.Shared shared : neighbours.shared()) {
            warnings.add("host " + shared.words());
        }
        add(Tone.WARNING, warnings);
    }

    private void add(Tone tone, List<String> remarks) {
        for (int i = 0; i < Math.min(remarks.size(), MOST_REMARKS); i++) {
            line(tone, "  " + DisplayWidth.printable(remarks.get(i)));
        }
        if (remarks.size() > MOST_REMARKS) {
            line(tone, "  and " + (remarks.size() - MOST_REMARKS) + " more such (--json has all)");
        }
    }

    private void line(Tone tone, String line) {
        text.append(screen.in(tone, DisplayWidth.cut(line, screen.columns()))).append('\n');
    }

    private static String count(long size) {
        return String.format(Locale.ROOT, "%,d %s", size, size == 1 ? "id" : "ids");
    }
}
