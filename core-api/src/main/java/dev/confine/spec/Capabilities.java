package dev.confine.spec;

import java.util.List;

/**
 * The five sets of capabilities(7), as names such as {@code CAP_KILL}. A name may be one that no kernel knows; see {@link Capability#named}.
 * A configuration without capabilities has five empty sets.
 */
public record Capabilities(
        List<String> effective,
        List<String> bounding,
        List<String> inheritable,
        List<String> permitted,
        List<String> ambient) {
    public static final Capabilities NONE = new Capabilities(List.of(), List.of(), List.of(), List.of(), List.of());

    public Capabilities {
        effective = List.copyOf(effective);
        bounding = List.copyOf(bounding);
        inheritable = List.copyOf(inheritable);
        permitted = List.copyOf(permitted);
        ambient = List.copyOf(ambient);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return effective.isEmpty()
                && bounding.isEmpty()
                && inheritable.isEmpty()
                && permitted.isEmpty()
                && ambient.isEmpty();
    }
}
