package dev.confine.cli.verb;

import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code resume}: has the processes of a paused container go on. */
public record ResumeVerb(String id) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        workplace.lifecycleOf(container).resume(container);
        return Exit.OK;
    }
}
