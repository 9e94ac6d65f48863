package dev.confine.cli.command;

import dev.confine.cli.engine.EngineRunVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engine run}. */
@Command(
        name = "run",
        description = "Becomes the engine, for a service manager; takes its socket and tells it when it is ready.",
        sortOptions = false)
final class EngineRunCommand implements VerbCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new EngineRunVerb();
    }

    @Override
    public String toString() {
        return "engine run " + help;
    }
}
