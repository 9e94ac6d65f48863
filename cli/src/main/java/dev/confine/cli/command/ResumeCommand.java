package dev.confine.cli.command;

import dev.confine.cli.verb.ResumeVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume}. */
@Command(name = "resume", description = "Has every process of a paused container go on.", sortOptions = false)
final class ResumeCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new ResumeVerb(id);
    }

    @Override
    public String toString() {
        return "resume " + help;
    }
}
