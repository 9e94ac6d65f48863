package dev.confine.cli.verb;

import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code state}: prints the state of {@code runtime.md#state} and what runc adds to it. */
public record StateVerb(String id) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        workplace.session().out(StateJson.of(workplace.stateOf(container), workplace.accounts()));
        return Exit.OK;
    }
}
