package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Linux;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find. */
final class Violations {
    private final List<Violation> found = new ArrayList<>();

    void add(String pointer, String message) {
        found.add(new Violation(pointer, message));
    }

    void addIf(boolean wrong, String pointer, String message) {
        if (wrong) {
            add(pointer, message);
        }
    }

    /** What is at {@code pointer} acts on the host unless the container has such a namespace. */
    void needs(NamespaceType type, Linux linux, String pointer, String why) {
        if (linux.namespace(type) == null) {
            add(pointer, why + ": add {\"type\": \"" + type + "\"} to /linux/namespaces, or remove this");
        }
    }

    void absolute(String pointer, String path) {
        if (!path.startsWith("/")) {
            add(pointer, "must be an absolute path, not " + Quoted.text(path));
        }
    }

    List<Violation> list() {
        return List.copyOf(found);
    }
}
