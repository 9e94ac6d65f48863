package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.List;

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
        List<String> renamed = new ArrayList<>(paths.size());
        for (String path : paths) {
            renamed.add(path(path));
        }
        return renamed;
    }

    List<Group> groups(List<Group> groups) {
        List<Group> renamed = new ArrayList<>(groups.size());
        for (Group group : groups) {
            renamed.add(new Group(group.hierarchy(), path(group.directory()), group.made()));
        }
        return renamed;
    }

    List<Write> writes(List<Write> writes) {
        List<Write> renamed = new ArrayList<>(writes.size());
        for (Write write : writes) {
            renamed.add(write(write));
        }
        return renamed;
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
        List<Visible> renamed = new ArrayList<>(visible.size());
        for (Visible one : visible) {
            renamed.add(new Visible(one.name(), path(one.directory()), one.links()));
        }
        return renamed;
    }
}
