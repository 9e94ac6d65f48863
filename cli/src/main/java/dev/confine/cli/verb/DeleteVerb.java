package dev.confine.cli.verb;

import dev.confine.cli.args.DeleteArguments;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code delete}: removes a stopped container, with {@code --force} any. */
public record DeleteVerb(DeleteArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(arguments.id());
        workplace.lifecycleOf(container).delete(container, arguments.force());
        return Exit.OK;
    }
}
