package dev.confine.runtime.compile;

import dev.confine.spec.Capabilities;
import dev.confine.spec.Capability;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which capabilities a container can be given: in a user namespace all, else those of the caller. One that cannot be given is left out with a warning,
 * {@code config.md#posix-process}.
 */
public final class Grantable {
    private Grantable() {}

    static long of(Blueprint blueprint) {
        return blueprint.has(NamespaceType.USER) ? -1 : blueprint.caller().capabilities();
    }

    /** Bit n for capability n; names that no kernel knows have none. */
    static long mask(List<String> names) {
        long mask = 0;
        for (String name : names) {
            Capability capability = Capability.named(name);
            if (capability != null) {
                mask |= 1L << capability.ordinal();
            }
        }
        return mask;
    }

    /** The capabilities that were asked for and will be missing, each once; not what is no capability at all. */
    public static List<String> missing(Blueprint blueprint) {
        Capabilities wanted = blueprint.process().capabilities();
        List<String> missing = new ArrayList<>();
        for (List<String> set : List.of(
                wanted.bounding(), wanted.effective(), wanted.permitted(), wanted.inheritable(), wanted.ambient())) {
            for (String name : set) {
                long capability = mask(List.of(name));
                if (capability != 0 && (capability & of(blueprint)) == 0 && !missing.contains(name)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }
}
