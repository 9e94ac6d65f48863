package dev.confine.cli.command;

import dev.confine.cli.verb.StartVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;

/** {@code start}. */
@Command(name = "start", description = "Runs the program of a created container.", sortOptions = false)
final class StartCommand extends ContainerCommand {
    @Override
    public Verb verb() {
        return new StartVerb(id());
    }
}
