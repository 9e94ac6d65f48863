package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.runtime.Backends;
import dev.confine.runtime.inspect.RawCalls;
import dev.confine.runtime.store.StateDirectory;
import dev.confine.runtime.store.StateStore;
import dev.confine.spi.Backend;
import dev.confine.spi.CgroupDriver;
import dev.confine.spi.Context;
import dev.confine.spi.Lifecycle;
import dev.confine.spi.Log;
import dev.confine.spi.Session;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What verbs work with: the session, the state directory, and the backend that was chosen. One command long. */
public final class Workplace {
    private final Session session;
    private final @Nullable String asked;
    private final Log log;
    private final String choice;
    private final CgroupDriver cgroups;
    private final Backends backends;
    private final Map<String, Lifecycle> makers = new HashMap<>();

    /** {@code asked} is the state directory as written, null for the default; {@code choice} is a backend's name or {@link Backends#AUTO}. */
    public Workplace(
            Session session, @Nullable String asked, Log log, String choice, CgroupDriver cgroups, Backends backends) {
        this.session = session;
        this.asked = asked;
        this.log = log;
        this.choice = choice;
        this.cgroups = cgroups;
        this.backends = backends;
    }

    /** The same for another thread. */
    Workplace another() {
        return new Workplace(session, asked, log, choice, cgroups, backends);
    }

    public Session session() {
        return session;
    }

    /** The state directory; looked for only here, as not every verb needs one. */
    public String root() {
        return StateDirectory.of(asked, session.caller());
    }

    public Log log() {
        return log;
    }

    /** Waits, and says whether the caller has gone meanwhile, for verbs that take long; the JVM is theirs alone, with the caller at its standard input. */
    public static boolean isCallerGone(long milliseconds) {
        return RawCalls.awaitHangUp(0, milliseconds);
    }

    public Accounts accounts() {
        return Accounts.ofHost();
    }

    public Backends backends() {
        return backends;
    }

    /** The backend for new containers. */
    public Backend backend() {
        return backends().choose(choice, session.caller());
    }

    private Context context() {
        return new Context(session, root(), log, cgroups);
    }

    /** The operations of the backend for new containers. */
    public Lifecycle lifecycle() {
        return backend().lifecycle(context());
    }

    /** The operations of the backend that made the container; of the chosen one when nothing says who made it. */
    public Lifecycle lifecycleOf(ContainerId id) {
        ContainerState state = found(id);
        Backend backend = state == null ? backend() : backends.choose(state.backend(), session.caller());
        return backend.lifecycle(context());
    }

    /** The state of a container as of now, as the backend that made it sees it. */
    ContainerState stateOf(ContainerId id) {
        ContainerState state = found(id);
        if (state == null) {
            return lifecycle().state(id);
        }
        Lifecycle maker = makers.get(state.backend());
        if (maker == null) {
            maker = backends.choose(state.backend(), session.caller()).lifecycle(context());
            makers.put(state.backend(), maker);
        }
        return maker.state(state);
    }

    /** Whether there is a container of this name, in whatever state. */
    boolean remembers(ContainerId id) {
        try {
            return new StateStore(root()).find(id) != null;
        } catch (ConfineException unreadable) {
            return true;
        }
    }

    /** What is remembered of a container; null when that cannot be read either, which is then the lifecycle's to say. */
    private @Nullable ContainerState found(ContainerId id) {
        try {
            return new StateStore(root()).find(id);
        } catch (ConfineException unreadable) {
            return null;
        }
    }
}
