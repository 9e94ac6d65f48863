package dev.confine.spec;

import java.util.List;

/**
 * A group of resctrl, {@code config-linux.md#intelrdt}.
 *
 * @param closID name of the group, empty for the container's id
 * @param schemata lines to write
 * @param l3CacheSchema a line, or empty
 * @param memBwSchema a line, or empty
 * @param enableMonitoring make a monitoring group
 */
public record IntelRdt(
        String closID, List<String> schemata, String l3CacheSchema, String memBwSchema, boolean enableMonitoring) {
    public IntelRdt {
        schemata = List.copyOf(schemata);
    }
}
