package dev.confine.cli.command;

import dev.confine.cli.verb.StartVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code start}. */
@Command(name = "start", description = "Runs the program of a created container.", sortOptions = false)
final class StartCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new StartVerb(id);
    }

    @Override
    public String toString() {
        return "start " + help;
    }
}
