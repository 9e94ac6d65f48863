package dev.confine.cli.verb;

import dev.confine.cli.args.KillArguments;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.state.ContainerId;

/** {@code kill}: sends a signal to the container's first process, or to all. */
public record KillVerb(KillArguments arguments) implements Verb {
    /** What is sent when nothing is said. */
    public static final String DEFAULT = "TERM";

    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(arguments.id());
        int signal = Signals.parse(arguments.signal());
        Lifecycle lifecycle = workplace.lifecycleOf(container);
        if (arguments.all()) {
            lifecycle.killAll(container, signal);
        } else {
            lifecycle.kill(container, signal);
        }
        return Exit.OK;
    }
}
