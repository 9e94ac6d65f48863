package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Hook;
import dev.confine.spi.Context;
import dev.confine.spi.HostCalls;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes a container, with whatever is left of it. */
final class Removal {
    private final Conversation front;
    private final Context context;
    private final StateStore store;
    private final @Nullable HostCalls calls;
    private final ContainerHooks hooks;

    Removal(Conversation front, Context context, StateStore store, @Nullable HostCalls calls, ContainerHooks hooks) {
        this.front = front;
        this.context = context;
        this.store = store;
        this.calls = calls;
        this.hooks = hooks;
    }

    /** @param force also one that has processes, and one that is half made */
    void run(ContainerId id, boolean force) {
        ContainerState state = force ? findBroken(id) : store.read(id);
        if (state == null) {
            ContainerCgroups.removeEmpty(front, store.lines(id, Blueprint.CGROUPS));
            store.remove(id);
            return;
        }
        ContainerState now = LinuxLifecycle.current(state);
        if (now.status() != Status.STOPPED && !force) {
            throw new ConfineException("container still running: " + id + " is "
                    + now.status().word() + " (stop it first, or use --force)");
        }
        ContainerCgroups cgroups = new ContainerCgroups(front, state);
        if (now.pid() != 0) {
            new FirstProcess(front, calls, state).end(cgroups.thawing());
        }
        boolean scope = ContainerScope.isThere(state);
        cgroups.remove();
        if (scope) {
            ContainerScope.stop(context, state);
        }
        List<Hook> poststop = hooks.poststop(id);
        store.remove(id);
        hooks.runPoststop(state, poststop);
    }

    /** For a forced removal: what cannot be read is removed all the same. */
    private @Nullable ContainerState findBroken(ContainerId id) {
        try {
            return store.find(id);
        } catch (ConfineException e) {
            context.log().warn(e.getMessage());
            return null;
        }
    }
}
