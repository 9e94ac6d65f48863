package dev.confine.validate;

import dev.confine.spec.Linux;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.TimeOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code linux.namespaces} and {@code linux.timeOffsets}. */
final class NamespaceRules {
    private static final long SECOND = 1_000_000_000;

    private NamespaceRules() {}

    static void check(Linux linux, Violations found) {
        List<Namespace> namespaces = linux.namespaces();
        Map<NamespaceType, Integer> first = new EnumMap<>(NamespaceType.class);
        for (int i = 0; i < namespaces.size(); i++) {
            Namespace namespace = namespaces.get(i);
            String pointer = Pointer.item("/linux/namespaces", i);
            Integer earlier = first.putIfAbsent(namespace.type(), i);
            if (earlier != null) {
                found.add(
                        pointer,
                        "\"" + namespace.type() + "\" is there already, as /linux/namespaces/" + earlier
                                + ": keep one of them");
            }
            if (!namespace.isNew()) {
                found.absolute(pointer + "/path", namespace.path());
            }
        }
        if (linux.namespace(NamespaceType.USER) != null) {
            found.needs(
                    NamespaceType.MOUNT,
                    linux,
                    "/linux/namespaces",
                    "in a user namespace nothing can be mounted without a mount namespace that belongs to it");
        }
        if (!linux.timeOffsets().isEmpty()) {
            timeOffsets(linux, found);
        }
    }

    private static void timeOffsets(Linux linux, Violations found) {
        Namespace time = linux.namespace(NamespaceType.TIME);
        found.needs(NamespaceType.TIME, linux, "/linux/timeOffsets", "only a time namespace can have them");
        if (time != null && !time.isNew()) {
            found.add(
                    "/linux/timeOffsets",
                    "cannot be set for a time namespace that is joined by path: remove them, or that path");
        }
        for (Map.Entry<String, TimeOffset> offset : linux.timeOffsets().entrySet()) {
            String pointer = Pointer.key("/linux/timeOffsets", offset.getKey());
            if (!offset.getKey().equals("boottime") && !offset.getKey().equals("monotonic")) {
                found.add(pointer, "is not a clock of a time namespace: those are boottime and monotonic");
            }
            found.addIf(offset.getValue().nanosecs() >= SECOND, pointer + "/nanosecs", "must be below " + SECOND);
        }
    }
}
