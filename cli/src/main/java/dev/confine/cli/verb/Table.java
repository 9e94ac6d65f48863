package dev.confine.cli.verb;

import java.util.ArrayList;
import java.util.List;

/** A table with a heading, its columns as wide as they must be. The last one is not padded. */
final class Table {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heading) {
        rows.add(List.of(heading));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                text.append(row.get(i));
                if (i + 1 < row.size()) {
                    text.append(" ".repeat(widths[i] + GAP - row.get(i).length()));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
