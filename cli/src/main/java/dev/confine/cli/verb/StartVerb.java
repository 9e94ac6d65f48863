package dev.confine.cli.verb;

import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code start}: runs the program of a created container. */
public record StartVerb(String id) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        workplace.lifecycleOf(container).start(container);
        return Exit.OK;
    }
}
