package dev.confine.validate;

import dev.confine.spec.Hooks;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the specification has and this version does not apply: a configuration that asks for it is refused by name, never run without it. A line
 * here is a property; whoever applies it deletes the line.
 */
public final class Unsupported {
    private Unsupported() {}

    /** The properties that are there with an effect and would have none. */
    public static List<Violation> find(Spec spec) {
        Violations found = new Violations();
        hooks(spec.hooks(), spec.linux().namespace(NamespaceType.MOUNT), found);
        return found.list();
    }

    private static void hooks(Hooks hooks, @Nullable Namespace mounts, Violations found) {
        found.addIf(
                mounts != null && !mounts.isNew() && !hooks.createContainer().isEmpty(),
                "/hooks/createContainer",
                "has paths of the host, and the mount namespace that is joined may have other files there: join none");
    }
}
