package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Another name for the components of paths that have one. */
record Renaming(String from, String to) {
    String path(String path) {
        String changed = path;
        for (int at = path.lastIndexOf('/' + from); at >= 0; at = path.lastIndexOf('/' + from, at - 1)) {
            int end = at + 1 + from.length();
            if (end == path.length() || path.charAt(end) == '/') {
                changed = changed.substring(0, at + 1) + to + changed.substring(end);
            }
        }
        return changed;
    }

    List<String> paths(List<String> paths) {
        return all(paths, this::path);
    }

    List<Group> groups(List<Group> groups) {
        return all(groups, group -> new Group(group.hierarchy(), path(group.directory()), group.made()));
    }

    List<Write> writes(List<Write> writes) {
        return all(writes, this::write);
    }

    private Write write(Write write) {
        Write otherwise = write.otherwise();
        return new Write(
                path(write.path()),
                write.value(),
                write.pointer(),
                write.optional(),
                otherwise == null ? null : write(otherwise));
    }

    List<Visible> visible(List<Visible> visible) {
        return all(visible, one -> new Visible(one.name(), path(one.directory()), one.links()));
    }

    private static <T> List<T> all(List<T> values, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>(values.size());
        for (T value : values) {
            changed.add(change.apply(value));
        }
        return changed;
    }
}
