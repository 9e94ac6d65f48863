package dev.confine.runtime.lifecycle;

import dev.confine.runtime.store.StateStore;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;

/** The time in which a container is made: whoever sees that it is being created may ask for its start before that is done, and has to wait. */
final class Making {
    private static final int PAUSE = 5;
    private static final int PATIENCE = 10_000;

    private Making() {}

    /** What is remembered of a container when it is made, fails to be, or takes longer than 10 s. */
    static ContainerState awaited(StateStore store, ContainerId id) {
        ContainerState state = store.read(id);
        for (int waited = 0; state.status() == Status.CREATING && waited < PATIENCE; waited += PAUSE) {
            if (!LinuxLifecycle.alive(state)) {
                return state;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
            state = store.read(id);
        }
        return state;
    }
}
