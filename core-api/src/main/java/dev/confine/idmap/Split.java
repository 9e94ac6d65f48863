package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;

/**
 * A map cut at the borders of the map of its parent.
 *
 * @param pieces the lines, each within one of the parent's
 * @param missing for each line that asks for ids the parent does not have, the ranges of them
 */
record Split(List<Extent> pieces, List<Missing> missing) {
    /** Ids that {@code line} asks for in vain. */
    record Missing(Extent line, IdRange ids) {}

    static Split of(IdMap map, IdMap parent) {
        Split split = new Split(new ArrayList<>(), new ArrayList<>());
        for (Extent line : map.extents()) {
            split.cut(line, parent);
        }
        return split;
    }

    private void cut(Extent line, IdMap parent) {
        long done = 0;
        while (done < line.size()) {
            long id = line.outside() + done;
            long left = line.size() - done;
            long mapped = Math.min(left, mappedFrom(id, parent));
            if (mapped > 0) {
                pieces.add(new Extent(line.inside() + done, id, mapped));
                done += mapped;
            } else {
                long gap = Math.min(left, gapFrom(id, parent));
                missing.add(new Missing(line, new IdRange(id, gap)));
                done += gap;
            }
        }
    }

    /** How many ids from {@code id} on lie in one line of {@code parent}; 0 when {@code id} lies in none. */
    private static long mappedFrom(long id, IdMap parent) {
        for (Extent extent : parent.extents()) {
            if (extent.hasInside(id)) {
                return extent.lastInside() - id + 1;
            }
        }
        return 0;
    }

    /** How many ids from {@code id} on, which lies in no line of {@code parent}, lie in none either. */
    private static long gapFrom(long id, IdMap parent) {
        long next = Long.MAX_VALUE;
        for (Extent extent : parent.extents()) {
            if (extent.inside() > id) {
                next = Math.min(next, extent.inside());
            }
        }
        return next - id;
    }

    void requireWhole(IdMap parent) {
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        List<Extent> lines = new ArrayList<>();
        for (Missing one : missing) {
            text.append(lines.isEmpty() ? "" : "; ").append(one.ids);
            text.append(one.ids.size() == 1 ? " is" : " are").append(" not mapped in the parent user namespace");
            text.append(" (the map line \"").append(one.line).append("\" asks for ");
            text.append(one.ids.size() == 1 ? "it)" : "them)");
            lines.add(one.line);
        }
        text.append(". The parent has ").append(parent.shown());
        throw new IdMapException(text.toString(), lines);
    }
}
