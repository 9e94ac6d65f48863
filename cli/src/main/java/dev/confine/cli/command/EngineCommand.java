package dev.confine.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engine}: four subcommands. */
@Command(
        name = "engine",
        description = "A JVM that stays and answers every command of its user, which are faster then.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            EngineStartCommand.class,
            EngineStopCommand.class,
            EngineStatusCommand.class,
            EngineRunCommand.class
        })
final class EngineCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public String toString() {
        return "engine " + help;
    }
}
