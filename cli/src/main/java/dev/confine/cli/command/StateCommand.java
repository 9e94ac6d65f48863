package dev.confine.cli.command;

import dev.confine.cli.verb.StateVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code state}. */
@Command(name = "state", description = "Prints the state of a container as JSON.", sortOptions = false)
final class StateCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new StateVerb(id);
    }

    @Override
    public String toString() {
        return "state " + help;
    }
}
