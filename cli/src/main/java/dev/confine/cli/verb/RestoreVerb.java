package dev.confine.cli.verb;

import dev.confine.cli.args.RestoreArguments;
import dev.confine.spi.Exit;
import dev.confine.spi.RestoreRequest;

/** {@code restore}: makes a container of what was saved; in the foreground it ends as the program does. */
public record RestoreVerb(RestoreArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        RestoreRequest request = new RestoreRequest(
                Requests.of(arguments.create(), workplace),
                arguments.options().resolved(workplace.session().caller()),
                arguments.lsmProfile(),
                arguments.lsmMountContext());
        return workplace.lifecycle().restore(request, arguments.detach());
    }
}
