package dev.confine.cli.verb;

import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/**
 * {@code checkpoint}: saves a container with criu.
 *
 * @param id as written, unchecked
 * @param request with paths as written
 */
public record CheckpointVerb(String id, CheckpointRequest request) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        workplace
                .lifecycleOf(container)
                .checkpoint(container, request.resolved(workplace.session().caller()));
        return Exit.OK;
    }
}
