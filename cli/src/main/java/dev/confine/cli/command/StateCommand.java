package dev.confine.cli.command;

import dev.confine.cli.verb.StateVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;

/** {@code state}. */
@Command(name = "state", description = "Prints the state of a container as JSON.", sortOptions = false)
final class StateCommand extends ContainerCommand {
    @Override
    public Verb verb() {
        return new StateVerb(id());
    }
}
