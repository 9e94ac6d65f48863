package dev.confine.cli.command;

import dev.confine.cli.verb.PsVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ps}. */
@Command(
        name = "ps",
        description = "Shows the processes of a container, and who each is inside and outside.",
        sortOptions = false)
final class PsCommand implements VerbCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Parameters(
            index = "1..*",
            paramLabel = "OPTION",
            description = "For ps(1), which then makes the table, with the host's pids.")
    private List<String> options = new ArrayList<>();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new PsVerb(id, format.isJson(), options);
    }

    @Override
    public boolean takesForeignWords() {
        return true;
    }

    @Override
    public String toString() {
        return "ps " + help;
    }
}
