package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done for a container's cgroups.
 *
 * @param pointer to what asks for them in config.json, empty where nothing does
 * @param parents directories to make before the groups', from the top; others may make and remove them at the same time
 * @param groups one for each hierarchy
 * @param writes before the container joins, in order
 * @param deviceProgram instructions of BPF that decide about devices in v2, empty for none
 * @param last writes that would stand in the way of what builds the container
 * @param visible what a mount of cgroups in the container shows
 * @param scope the unit of systemd that the container's process is in before anything is made, empty for none
 * @param delegates files of a cgroup of v2 that go with it to a container's user
 */
public record Plan(
        String pointer,
        List<String> parents,
        List<Group> groups,
        List<Write> writes,
        byte[] deviceProgram,
        List<Write> last,
        List<Visible> visible,
        String scope,
        List<String> delegates) {
    /** The container stays in its caller's cgroups. */
    public static final Plan NONE = new Plan("", List.of(), List.of(), List.of(), new byte[0], List.of(), List.of());

    public Plan {
        parents = List.copyOf(parents);
        groups = List.copyOf(groups);
        writes = List.copyOf(writes);
        last = List.copyOf(last);
        visible = List.copyOf(visible);
        delegates = List.copyOf(delegates);
    }

    /** Without systemd. */
    public Plan(
            String pointer,
            List<String> parents,
            List<Group> groups,
            List<Write> writes,
            byte[] deviceProgram,
            List<Write> last,
            List<Visible> visible) {
        this(pointer, parents, groups, writes, deviceProgram, last, visible, "", List.of());
    }

    /** Of a process that joins a container, whose cgroups are these by hierarchy. */
    public static Plan joining(Map<String, String> directories) {
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<String, String> entry : directories.entrySet()) {
            groups.add(new Group(entry.getKey(), entry.getValue(), false));
        }
        return new Plan("", List.of(), groups, List.of(), new byte[0], List.of(), List.of());
    }

    /** Of a process that systemd moves to the scope of the container that it joins. */
    public static Plan moved(String scope) {
        return new Plan("", List.of(), List.of(), List.of(), new byte[0], List.of(), List.of(), scope, List.of());
    }

    /** Of a container that stays in the cgroups of its caller, a process. */
    public static Plan staying(long caller) {
        List<Hierarchy> hierarchies = Hierarchies.of(caller, new HostTree());
        List<Visible> visible = new ArrayList<>();
        for (Hierarchy hierarchy : hierarchies) {
            visible.add(Visible.of(hierarchy, hierarchy.ownDirectory(), hierarchies.size() == 1));
        }
        return new Plan("", List.of(), List.of(), List.of(), new byte[0], List.of(), visible);
    }

    /** The same of a container called {@code other}: components of paths that are {@code id} change. */
    public Plan renamed(String id, String other) {
        Renaming renaming = new Renaming(id, other);
        return new Plan(
                pointer,
                renaming.paths(parents),
                renaming.groups(groups),
                renaming.writes(writes),
                deviceProgram,
                renaming.writes(last),
                renaming.visible(visible),
                scope,
                delegates);
    }

    /** The same but for what decides about devices. */
    public Plan withDeviceProgram(byte[] instructions) {
        return new Plan(pointer, parents, groups, writes, instructions, last, visible, scope, delegates);
    }

    /** Whether systemd makes the container's cgroup, once there is a process to be in it. */
    public boolean isScoped() {
        return !scope.isEmpty();
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The directories by hierarchy, as a container's state has them. */
    public Map<String, String> directories() {
        Map<String, String> directories = new LinkedHashMap<>();
        for (Group group : groups) {
            directories.put(group.hierarchy(), group.directory());
        }
        return directories;
    }

    /** What is to be removed in the end, children first; slices are systemd's. */
    public List<String> removals() {
        List<String> removals = new ArrayList<>();
        for (Group group : groups) {
            if (group.made()) {
                removals.add(group.directory());
            }
        }
        for (int i = parents.size() - 1; i >= 0 && !isScoped(); i--) {
            removals.add(parents.get(i));
        }
        return removals;
    }
}
