package dev.confine.validate;

import dev.confine.spec.Spec;
import java.util.List;

/**
 * What the specification has and this version does not apply: a configuration that asks for it is refused by name, never run without it. A line
 * here is a property; whoever applies it deletes the line.
 */
public final class Unsupported {
    private Unsupported() {}

    /** The properties that are there with an effect and would have none. */
    public static List<Violation> find(Spec spec) {
        Violations found = new Violations();
        return found.list();
    }
}
