package dev.confine.cli.verb;

import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code pause}: stops every process of a container. */
public record PauseVerb(String id) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        workplace.lifecycleOf(container).pause(container);
        return Exit.OK;
    }
}
