package dev.confine.cli.command;

import dev.confine.cli.engine.EngineStatusVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engine status}. */
@Command(name = "status", description = "Shows what the engine does and whom it has refused.", sortOptions = false)
final class EngineStatusCommand implements VerbCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new EngineStatusVerb();
    }

    @Override
    public String toString() {
        return "engine status " + help;
    }
}
