package dev.confine.runtime.cgroup;

import java.util.List;

/**
 * What a mount of cgroups shows of one hierarchy.
 *
 * @param name beneath the mount, as beneath the host's; empty where v2 is all there is, and the mount is itself
 * @param directory absolute path on the host
 * @param links further names, of controllers that a hierarchy of v1 has in common
 */
public record Visible(String name, String directory, List<String> links) {
    public Visible {
        links = List.copyOf(links);
    }

    static Visible of(Hierarchy hierarchy, String directory, boolean alone) {
        String point = hierarchy.mountPoint();
        String name = alone && hierarchy.unified() ? "" : point.substring(point.lastIndexOf('/') + 1);
        return new Visible(
                name,
                directory,
                hierarchy.controllers().size() > 1 && !hierarchy.unified() ? hierarchy.controllers() : List.of());
    }
}
