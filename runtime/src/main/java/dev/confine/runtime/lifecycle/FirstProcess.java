package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.cgroup.Members;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.SmallPrograms;
import dev.confine.runtime.compile.Tags;
import dev.confine.spi.HostCalls;
import dev.confine.state.ContainerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first process of a container, which nothing else that came to have its pid is taken for. */
final class FirstProcess {
    static final int SIGKILL = 9;
    private static final int SECONDS_TO_DIE = 10;

    private final Conversation front;
    private final @Nullable HostCalls calls;
    private final ContainerState state;

    FirstProcess(Conversation front, @Nullable HostCalls calls, ContainerState state) {
        this.front = front;
        this.calls = calls;
        this.state = state;
    }

    void signal(int signal) {
        if (calls != null && !front.cold()) {
            calls.signal(state.pid(), state.startTime(), signal);
        } else if (!hold(SmallPrograms.signal(state.pid(), signal))) {
            throw new ConfineException("container not running: " + state.id() + ": process already finished");
        }
    }

    /**
     * Kills it and waits for its end.
     *
     * @param thawing what lets it go on where it is paused, as it does not end before
     */
    void end(List<Write> thawing) {
        try {
            hold(SmallPrograms.end(state.pid(), SECONDS_TO_DIE, thawing));
        } catch (LaunchFailure e) {
            String freezer = new Members(state.cgroups()).foreignFreezer(state.pid());
            throw new ConfineException(
                    "container " + state.id() + " did not end: process " + state.pid()
                            + " was sent SIGKILL and is still there after " + SECONDS_TO_DIE + " s"
                            + (freezer.isEmpty()
                                    ? ""
                                    : ": it is frozen in " + freezer
                                            + ", which is not the container's: write THAWED to " + freezer
                                            + "/freezer.state"),
                    e);
        }
    }

    /** Runs a program that holds it; false when it has ended. Its identity is checked while it is held. */
    private boolean hold(Compiled program) {
        front.run(program.program());
        if (tag(front.await()) == Tags.GONE) {
            front.awaitDone();
            return false;
        }
        if (!LinuxLifecycle.alive(state)) {
            front.cancel();
            return false;
        }
        front.data(Tags.answer(Tags.GO));
        boolean sent = tag(front.await()) == Tags.STARTED;
        front.awaitDone();
        return sent;
    }

    private static int tag(Event event) {
        return event instanceof Event.Value value ? value.tag() : -1;
    }
}
