package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links of /proc/PID/ns of many processes: most lead to the same few namespaces, which are made only once. */
final class NamespaceLinks {
    private final Proc proc;
    private final Map<String, NamespaceId> known = new HashMap<>();

    NamespaceLinks(Proc proc) {
        this.proc = proc;
    }

    /** By type; empty for a process that has ended, of which a zombie shows its pid namespace at most. */
    Map<NamespaceType, NamespaceId> of(long pid) {
        Map<NamespaceType, NamespaceId> namespaces = new EnumMap<>(NamespaceType.class);
        for (NamespaceType type : NamespaceType.values()) {
            String link = proc.link(pid, "ns/" + NamespaceId.file(type));
            NamespaceId id = link == null ? null : known.computeIfAbsent(link, NamespaceId::parse);
            if (id != null) {
                namespaces.put(type, id);
            }
        }
        return namespaces;
    }

    /** The namespace of that type that children of the process are in; null where there is none yet. */
    @Nullable
    NamespaceId forChildren(long pid, NamespaceType type) {
        String link = proc.link(pid, fileForChildren(type));
        return link == null ? null : known.computeIfAbsent(link, NamespaceId::parse);
    }

    /** The namespace that a file descriptor of the process has open; null where that is something else, or closed to the caller. */
    @Nullable
    NamespaceId open(long pid, String file) {
        try {
            String link = proc.link(pid, file);
            return link == null || link.startsWith("/") ? null : NamespaceId.parse(link);
        } catch (ProcessUnreadable closed) {
            return null;
        }
    }

    static String fileForChildren(NamespaceType type) {
        return "ns/" + NamespaceId.file(type) + "_for_children";
    }
}
