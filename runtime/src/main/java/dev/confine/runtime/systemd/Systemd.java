package dev.confine.runtime.systemd;

import java.util.List;

/** A service manager, the system's or a user's, as far as containers need it. Every method throws a {@link dev.confine.ConfineException} with what systemd said. */
public interface Systemd extends AutoCloseable {
    /** The cgroup that all of its units are below: empty for that of the hierarchies. */
    String controlGroup();

    /** Whether it is a user's and not the system's. */
    boolean isUsers();

    /** Its version, such as 252; some properties are newer than others. */
    int version();

    /** Makes a scope, with processes in it, and waits until it is there. */
    void start(String scope, List<UnitProperty> properties);

    /** Changes properties of a unit until it ends. */
    void set(String unit, List<UnitProperty> properties);

    /**
     * Moves processes into a scope; where the caller may not do so itself, systemd may. Since version 238.
     *
     * @param below a path in its cgroup: {@code /} for itself
     */
    void attach(String scope, String below, List<Long> pids);

    /** Stops a unit and forgets how it ended; one that is not there is no error. */
    void stop(String unit);

    @Override
    void close();
}
