package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.cgroup.Accounting;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.ObservationCompiler;
import dev.confine.runtime.compile.Tags;
import dev.confine.state.ContainerState;
import dev.confine.stats.Observer;
import dev.confine.stats.Statistics;
import java.nio.charset.StandardCharsets;

/** Java's side of watching a container: the front waits, and what it says is looked up and told. */
final class Observation {
    private final Conversation front;
    private final ContainerState container;
    private final Accounting accounting;
    private long killed = -1;

    Observation(Conversation front, ContainerState container) {
        this.front = front;
        this.container = container;
        this.accounting = new Accounting(container.cgroups());
        if (container.cgroups().isEmpty()) {
            throw new ConfineException("nothing counts what container " + container.id()
                    + " uses: it has no cgroup of its own; have one delegated to you, or run it as root");
        }
    }

    Statistics statistics() {
        return accounting.read();
    }

    /** Returns when the container has ended. */
    void run(long interval, Observer observer) {
        Compiled program = ObservationCompiler.compile(
                container.pid(), interval, accounting.memoryOfV1(), accounting.memoryOfV2());
        try {
            front.run(program.program());
            Creation.verify(program);
            converse(observer);
        } catch (LaunchFailure e) {
            throw new Failures(program, null).explain(e, "");
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private void converse(Observer observer) {
        Event event = front.await();
        if (event instanceof Event.Value held && held.tag() == Tags.HELD) {
            if (!LinuxLifecycle.alive(container)) {
                front.cancel();
                return;
            }
            front.data(Tags.answer(Tags.GO));
            event = front.await();
        }
        while (!(event instanceof Event.Value value && value.tag() == Tags.GONE)) {
            tell(event, observer);
            front.data(Tags.answer(Tags.GO));
            event = front.await();
        }
        front.awaitDone();
    }

    private void tell(Event event, Observer observer) {
        if (event instanceof Event.Value value && value.tag() == Tags.INTERVAL) {
            observer.uses(statistics());
        } else if (event instanceof Event.Value value && value.tag() == Tags.OUT_OF_MEMORY) {
            observer.outOfMemory();
        } else if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.MEMORY_EVENTS) {
            long now = Accounting.killed(new String(bytes.content(), StandardCharsets.US_ASCII));
            if (killed >= 0 && now > killed) {
                observer.outOfMemory();
            }
            killed = now;
        } else {
            throw new ConfineException("the front said something unexpected: " + event);
        }
    }
}
