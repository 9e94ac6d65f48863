package dev.confine.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mounts}: two subcommands. */
@Command(
        name = "mounts",
        description = "Attaches mounts in a container that lives, or detaches them.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {MountsAddCommand.class, MountsRemoveCommand.class})
final class MountsCommand {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public String toString() {
        return "mounts " + help;
    }
}
