package dev.confine.cli.command;

import dev.confine.cli.verb.PauseVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;

/** {@code pause}. */
@Command(name = "pause", description = "Stops every process of a container until it is resumed.", sortOptions = false)
final class PauseCommand extends ContainerCommand {
    @Override
    public Verb verb() {
        return new PauseVerb(id());
    }
}
