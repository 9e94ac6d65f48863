package dev.confine.spi;

import dev.confine.ConfineException;
import dev.confine.spec.Resources;
import dev.confine.spec.Spec;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.stats.Observer;
import dev.confine.stats.Statistics;
import java.util.List;

/**
 * The operations of {@code runtime.md#lifecycle}, for one command. Every one either does what it says or throws a
 * {@link dev.confine.ConfineException} and leaves nothing behind. {@code list} is not here: the state store knows all containers.
 */
public interface Lifecycle {
    /** Builds the container up to, and without, its program. */
    void create(CreateRequest request);

    /** Creates and starts. With {@code detach} it returns when the program runs, else its exit code is the program's (128+n for a signal n). */
    Exit run(CreateRequest request, boolean detach, boolean keep);

    /** Runs the program of a created container. */
    void start(ContainerId id);

    /** The configuration that the container was made from. */
    Spec config(ContainerId id);

    /** Runs a further process in a created or running container, or a paused one; its exit code is the program's unless it is detached. */
    Exit exec(ExecRequest request);

    /** The state with its status as of now. */
    ContainerState state(ContainerId id);

    /** The same for who has read already what is remembered of the container. Of many containers several threads ask, each with a lifecycle of its own. */
    default ContainerState state(ContainerState remembered) {
        return state(remembered.id());
    }

    /** Sends a signal to the first process; only to it. {@code signal} is a number of signal(7). */
    void kill(ContainerId id, int signal);

    /**
     * Sends a signal to every process of the container, also of one that has stopped: without a pid namespace of its own some may be left. Only its cgroups say
     * which they are; without any it is the first one alone.
     */
    default void killAll(ContainerId id, int signal) {
        throw new ConfineException("the backend of container " + id + " signals the first process alone");
    }

    /** Stops every process of a created or running container until it is resumed. */
    default void pause(ContainerId id) {
        throw new ConfineException("the backend of container " + id + " pauses none");
    }

    /** Has every process of a paused container go on. */
    default void resume(ContainerId id) {
        throw new ConfineException("the backend of container " + id + " pauses none");
    }

    /**
     * Changes the limits of a container that is not stopped, and remembers them.
     *
     * @param change what is not given stays; valid together with what there is
     */
    default void update(ContainerId id, Resources change) {
        throw new ConfineException("the backend of container " + id + " changes no limits once it is made");
    }

    /** Removes a stopped container; with {@code force} one in any state, and none at all is no error. */
    void delete(ContainerId id, boolean force);

    /**
     * Attaches further mounts in a created or running container.
     *
     * @param spec the configuration that the container was made from, with the mounts to attach in place of its own; valid
     */
    default void addMounts(ContainerId id, Spec spec) {
        throw new ConfineException("the backend of container " + id + " attaches no mounts once it is made");
    }

    /**
     * Detaches the uppermost mount at each of these places in a created or running container.
     *
     * @param destinations absolute, in the container
     */
    default void removeMounts(ContainerId id, List<String> destinations) {
        throw new ConfineException("the backend of container " + id + " detaches no mounts once it is made");
    }

    /** Saves a running container as images of criu(8); unless it is to go on it has ended then, and is removed. */
    default void checkpoint(ContainerId id, CheckpointRequest request) {
        throw new ConfineException("the backend of container " + id + " saves none");
    }

    /** Makes a container of what {@link #checkpoint} has saved, and lets it go on; the exit code is as that of {@link #run}. */
    default Exit restore(RestoreRequest request, boolean detach) {
        throw new ConfineException("this backend brings no saved container back");
    }

    /** What a container that is not stopped uses now. */
    default Statistics statistics(ContainerId id) {
        throw new ConfineException("the backend of container " + id + " counts nothing");
    }

    /**
     * Tells what happens to a container until it has ended.
     *
     * @param interval between two {@link Observer#uses}, ns, above 0
     */
    default void observe(ContainerId id, long interval, Observer observer) {
        throw new ConfineException("the backend of container " + id + " counts nothing");
    }

    /** The processes of the container. */
    List<ContainerProcess> processes(ContainerId id);

    /** What {@code create} would do, in full and without doing it: for people, or as JSON. */
    String plan(CreateRequest request, boolean json);
}
