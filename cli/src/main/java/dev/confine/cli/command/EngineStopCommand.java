package dev.confine.cli.command;

import dev.confine.cli.engine.EngineStopVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engine stop}. */
@Command(name = "stop", description = "Stops the engine once it has done what it has begun.", sortOptions = false)
final class EngineStopCommand implements VerbCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new EngineStopVerb();
    }

    @Override
    public String toString() {
        return "engine stop " + help;
    }
}
