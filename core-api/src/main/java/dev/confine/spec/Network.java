package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The net_cls and net_prio controllers of cgroup v1, {@code config-linux.md#network}.
 *
 * @param classID unsigned 32 bits, or null
 * @param priorities by interface
 */
public record Network(@Nullable Long classID, List<InterfacePriority> priorities) {
    public static final Network NONE = new Network(null, List.of());

    public Network {
        priorities = List.copyOf(priorities);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return classID == null && priorities.isEmpty();
    }
}
