package dev.confine.cli.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A subcommand that wants the name of a container and nothing else. */
abstract class ContainerCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private HelpOption help = new HelpOption();

    final String id() {
        return id;
    }

    @Override
    public String toString() {
        return id + " " + help;
    }
}
