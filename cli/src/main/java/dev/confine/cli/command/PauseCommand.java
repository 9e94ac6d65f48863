package dev.confine.cli.command;

import dev.confine.cli.verb.PauseVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pause}. */
@Command(name = "pause", description = "Stops every process of a container until it is resumed.", sortOptions = false)
final class PauseCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new PauseVerb(id);
    }

    @Override
    public String toString() {
        return "pause " + help;
    }
}
