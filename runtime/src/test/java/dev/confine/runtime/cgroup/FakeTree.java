package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files by path; their directories are there too. */
final class FakeTree implements Tree {
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> closed = new HashSet<>();

    FakeTree with(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** The caller may not write there, nor below. */
    FakeTree closed(String path) {
        closed.add(path);
        return this;
    }

    FakeTree open(String path) {
        closed.remove(path);
        return this;
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path) || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    @Override
    public boolean writable(String path) {
        return exists(path) && !closed.contains(path);
    }

    @Override
    public String read(String path) {
        return files.getOrDefault(path, "");
    }

    @Override
    public List<String> directories(String path) {
        Set<String> names = new HashSet<>();
        for (String file : files.keySet()) {
            if (file.startsWith(path + "/") && file.indexOf('/', path.length() + 1) > 0) {
                names.add(file.substring(path.length() + 1, file.indexOf('/', path.length() + 1)));
            }
        }
        return new ArrayList<>(names);
    }
}
