package dev.confine.cli.command;

import dev.confine.cli.args.RunArguments;
import dev.confine.cli.verb.RunVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}. */
@Command(
        name = "run",
        description = "Creates a container and starts it; in the foreground the exit code is that of its program.",
        sortOptions = false)
final class RunCommand implements VerbCommand {
    @Mixin
    private CreateOptions options = new CreateOptions();

    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as the program runs.")
    private boolean detach;

    @Option(names = "--keep", description = "Leave the container's state behind when its program ends.")
    private boolean keep;

    @Option(names = "--no-subreaper", description = "Accepted: confine never makes itself a subreaper.")
    private boolean noSubreaper;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new RunVerb(new RunArguments(options.arguments(), detach, keep));
    }

    @Override
    public String toString() {
        return "run " + help + noSubreaper;
    }
}
