package dev.confine.runtime.inspect;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /proc/PID/cgroup}, cgroups(7): the cgroup of a process in each hierarchy. */
public final class CgroupPaths {
    private CgroupPaths() {}

    /** Paths by controllers, {@code cpu,cpuacct} or {@code name=systemd}, empty for version 2; in the order of the file. */
    public static Map<String, String> parse(String text) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first > 0 && second > 0) {
                paths.put(line.substring(first + 1, second), line.substring(second + 1));
            }
        }
        return paths;
    }
}
