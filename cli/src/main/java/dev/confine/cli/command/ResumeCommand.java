package dev.confine.cli.command;

import dev.confine.cli.verb.ResumeVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;

/** {@code resume}. */
@Command(name = "resume", description = "Has every process of a paused container go on.", sortOptions = false)
final class ResumeCommand extends ContainerCommand {
    @Override
    public Verb verb() {
        return new ResumeVerb(id());
    }
}
