package dev.confine.cli.text;

import dev.confine.cli.text.Screen.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table with a heading, its columns as wide as they must be. Where the screen is narrower, the columns that may are cut, the widest first; then those that can be
 * done without are left out, which a last line says. The last column is not padded.
 */
public final class Table {
    private static final int GAP = 3;
    private static final int NARROW_GAP = 2;

    private final List<Column> columns = new ArrayList<>();
    private final List<Column> dispensable = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A column, and how it may look. */
    private static final class Column {
        final String heading;
        final int index;
        int least = Integer.MAX_VALUE;
        int width;
        boolean right;
        Function<String, Tone> tone = cell -> Tone.PLAIN;

        Column(String heading, int index) {
            this.heading = heading;
            this.index = index;
        }
    }

    public Table(String... heading) {
        for (int i = 0; i < heading.length; i++) {
            columns.add(new Column(heading[i], i));
        }
    }

    public void row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(DisplayWidth.printable(cell));
        }
        rows.add(row);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Lets a column be cut to {@code width}. */
    public Table least(String heading, int width) {
        column(heading).least = width;
        return this;
    }

    /** Lets columns be left out, the first of them first. */
    public Table dispensable(String... headings) {
        for (String heading : headings) {
            dispensable.add(column(heading));
        }
        return this;
    }

    /** Has numbers end below each other. */
    public Table right(String... headings) {
        for (String heading : headings) {
            column(heading).right = true;
        }
        return this;
    }

    /** Colours a column by what its cells say. */
    public Table tone(String heading, Function<String, Tone> tone) {
        column(heading).tone = tone;
        return this;
    }

    /** As wide as it is, without colours. */
    @Override
    public String toString() {
        return on(Screen.PLAIN);
    }

    /** For that screen. */
    public String on(Screen screen) {
        List<Column> shown = new ArrayList<>(columns);
        List<String> left = new ArrayList<>();
        int gap = fit(shown, screen.columns());
        for (Column column : dispensable) {
            if (width(shown, gap) > screen.columns()) {
                shown.remove(column);
                left.add(column.heading);
                gap = fit(shown, screen.columns());
            }
        }
        StringBuilder text = new StringBuilder();
        line(text, shown, headings(), gap, screen, true);
        for (List<String> row : rows) {
            line(text, shown, row, gap, screen, false);
        }
        if (!left.isEmpty()) {
            text.append(screen.in(Tone.FAINT, "(left out, too narrow: " + String.join(", ", left) + ")"))
                    .append('\n');
        }
        return text.toString();
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>();
        for (Column column : columns) {
            headings.add(column.heading);
        }
        return headings;
    }

    private static void line(
            StringBuilder text, List<Column> shown, List<String> cells, int gap, Screen screen, boolean heading) {
        for (int i = 0; i < shown.size(); i++) {
            Column column = shown.get(i);
            String cell = DisplayWidth.cut(cells.get(column.index), column.width);
            String padding = " ".repeat(column.width - DisplayWidth.of(cell));
            Tone tone = heading ? Tone.HEADING : column.tone.apply(cells.get(column.index));
            boolean last = i + 1 == shown.size();
            text.append(column.right ? padding : "")
                    .append(screen.in(tone, cell))
                    .append(column.right || last ? "" : padding)
                    .append(last ? "" : " ".repeat(gap));
        }
        text.append('\n');
    }

    /** Sets the widths, and says what is to be between the columns. */
    private int fit(List<Column> shown, int room) {
        for (Column column : shown) {
            column.width = DisplayWidth.of(column.heading);
            for (List<String> row : rows) {
                column.width = Math.max(column.width, DisplayWidth.of(row.get(column.index)));
            }
        }
        if (width(shown, GAP) <= room) {
            return GAP;
        }
        int over = width(shown, NARROW_GAP) - room;
        Column widest = widest(shown);
        while (over > 0 && widest != null) {
            int by = Math.min(over, widest.width - Math.max(next(shown, widest), floor(widest)));
            by = Math.max(by, 1);
            widest.width -= by;
            over -= by;
            widest = widest(shown);
        }
        return NARROW_GAP;
    }

    private static @Nullable Column widest(List<Column> shown) {
        Column widest = null;
        for (Column column : shown) {
            if (column.width > floor(column) && (widest == null || column.width > widest.width)) {
                widest = column;
            }
        }
        return widest;
    }

    /** How wide the next one is that can be cut. */
    private static int next(List<Column> shown, Column widest) {
        int next = 0;
        for (Column column : shown) {
            if (column != widest && column.width > floor(column)) {
                next = Math.max(next, column.width);
            }
        }
        return next;
    }

    private static int floor(Column column) {
        return Math.max(Math.min(column.least, column.width), Math.min(column.width, column.heading.length()));
    }

    private static int width(List<Column> shown, int gap) {
        int width = 0;
        for (Column column : shown) {
            width += column.width;
        }
        return width + gap * (shown.size() - 1);
    }

    private Column column(String heading) {
        return columns.stream()
                .filter(column -> column.heading.equals(heading))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(heading));
    }
}
