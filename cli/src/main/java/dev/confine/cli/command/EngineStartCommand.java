package dev.confine.cli.command;

import dev.confine.cli.engine.EngineStartVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engine start}. */
@Command(
        name = "start",
        description = "Starts an engine that goes on by itself, unless one answers already.",
        sortOptions = false)
final class EngineStartCommand implements VerbCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new EngineStartVerb();
    }

    @Override
    public String toString() {
        return "engine start " + help;
    }
}
