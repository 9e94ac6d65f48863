package dev.confine.validate;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.spec.IdMapping;
import java.util.ArrayList;
import java.util.List;

/** The lines of one map, of a user namespace or of an idmapped mount: what {@link IdMap} says of them, each at its place. */
final class IdMappingRules {
    private static final int SHOWN_LINES = 5;

    private IdMappingRules() {}

    static void check(List<IdMapping> map, String pointer, Violations found) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            IdMapping line = map.get(i);
            String problem = Extent.problem(line.containerID(), line.hostID(), line.size());
            if (problem == null) {
                extents.add(new Extent(line.containerID(), line.hostID(), line.size()));
            } else {
                found.add(Pointer.item(pointer, i), problem);
            }
        }
        if (!extents.isEmpty()) {
            for (String problem : IdMap.problems(extents)) {
                found.add(pointer, problem);
            }
        }
    }

    /** The map as in {@code /proc/PID/uid_map}, its first lines; it may be a wrong one. */
    static String text(List<IdMapping> map) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(map.size(), SHOWN_LINES); i++) {
            IdMapping line = map.get(i);
            text.append(i == 0 ? "\"" : ", \"")
                    .append(line.containerID())
                    .append(' ')
                    .append(line.hostID());
            text.append(' ').append(line.size()).append('"');
        }
        return map.size() > SHOWN_LINES
                ? text.append(" and ")
                        .append(map.size() - SHOWN_LINES)
                        .append(" more")
                        .toString()
                : text.toString();
    }
}
