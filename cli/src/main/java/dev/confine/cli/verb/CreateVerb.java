package dev.confine.cli.verb;

import dev.confine.cli.args.CreateArguments;
import dev.confine.spi.Exit;

/** {@code create}: builds a container up to, and without, its program. */
public record CreateVerb(CreateArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        workplace.lifecycle().create(Requests.of(arguments, workplace));
        return Exit.OK;
    }
}
