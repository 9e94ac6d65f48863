package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import java.util.Map;

/**
 * A process and what it is in.
 *
 * @param status who it is
 * @param namespaces by type; fewer than eight on an old kernel
 */
public record ObservedProcess(ProcessStatus status, Map<NamespaceType, NamespaceId> namespaces) {
    public long pid() {
        return status.pid();
    }

    /** Whether it is in that namespace. */
    public boolean isIn(NamespaceId id) {
        return id.equals(namespaces.get(id.type()));
    }
}
