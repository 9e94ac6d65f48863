package dev.confine.state;

/** The status of a container, {@code runtime.md#state}; {@code PAUSED} is what runc adds. */
public enum Status {
    CREATING,
    CREATED,
    RUNNING,
    PAUSED,
    STOPPED;

    /** As in the state JSON: lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
