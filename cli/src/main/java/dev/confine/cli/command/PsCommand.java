package dev.confine.cli.command;

import dev.confine.cli.verb.PsVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ps}. */
@Command(
        name = "ps",
        description = "Shows the processes of a container, and who each is inside and outside.",
        sortOptions = false)
final class PsCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new PsVerb(id, format.isJson());
    }

    @Override
    public String toString() {
        return "ps " + help;
    }
}
