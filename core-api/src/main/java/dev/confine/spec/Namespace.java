package dev.confine.spec;

/**
 * A namespace of the container, {@code config-linux.md#namespaces}.
 *
 * @param type which
 * @param path absolute, of an existing one to join; empty for a new one
 */
public record Namespace(NamespaceType type, String path) {
    /** A new namespace. */
    public Namespace(NamespaceType type) {
        this(type, "");
    }

    /** Whether it is made for the container, not joined. */
    public boolean isNew() {
        return path.isEmpty();
    }
}
