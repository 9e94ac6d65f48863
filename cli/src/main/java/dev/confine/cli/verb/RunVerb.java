package dev.confine.cli.verb;

import dev.confine.cli.args.RunArguments;
import dev.confine.spi.Exit;

/** {@code run}: creates and starts; in the foreground it ends as the program does. */
public record RunVerb(RunArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        return workplace
                .lifecycle()
                .run(Requests.of(arguments.create(), workplace), arguments.detach(), arguments.keep());
    }
}
