package dev.confine.cli.verb;

import dev.confine.cli.args.KillArguments;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;

/** {@code kill}: sends a signal to the container's first process. */
public record KillVerb(KillArguments arguments) implements Verb {
    /** What is sent when nothing is said. */
    public static final String DEFAULT = "TERM";

    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(arguments.id());
        int signal = Signals.parse(arguments.signal());
        workplace.lifecycleOf(container).kill(container, signal);
        return Exit.OK;
    }
}
