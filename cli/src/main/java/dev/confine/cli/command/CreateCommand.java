package dev.confine.cli.command;

import dev.confine.cli.verb.CreateVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code create}. */
@Command(name = "create", description = "Builds a container up to, and without, its program.", sortOptions = false)
final class CreateCommand implements VerbCommand {
    @Mixin
    private CreateOptions options = new CreateOptions();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new CreateVerb(options.arguments());
    }

    @Override
    public String toString() {
        return "create " + help;
    }
}
