package dev.confine.cli.command;

import dev.confine.cli.args.DeleteArguments;
import dev.confine.cli.verb.DeleteMatchingVerb;
import dev.confine.cli.verb.DeleteVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}. */
@Command(name = "delete", description = "Removes a stopped container.", sortOptions = false)
final class DeleteCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Option(
            names = {"-f", "--force"},
            description = "Kill it first; a container that does not exist is no error.")
    private boolean force;

    @Option(
            names = "--regex",
            description = "ID is a regular expression: remove every container whose name it matches.")
    private boolean regex;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return regex ? new DeleteMatchingVerb(id, force) : new DeleteVerb(new DeleteArguments(id, force));
    }

    @Override
    public String toString() {
        return "delete " + help;
    }
}
