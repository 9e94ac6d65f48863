package dev.confine.cli.command;

import dev.confine.cli.verb.FeaturesVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code features}. */
@Command(
        name = "features",
        description = "Prints what this version of confine can do, whatever the host has, as JSON.",
        sortOptions = false)
final class FeaturesCommand implements VerbCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new FeaturesVerb();
    }

    @Override
    public String toString() {
        return "features " + help;
    }
}
