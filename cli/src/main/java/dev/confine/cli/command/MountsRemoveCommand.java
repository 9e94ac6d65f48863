package dev.confine.cli.command;

import dev.confine.cli.args.MountsArguments;
import dev.confine.cli.verb.MountsRemoveVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mounts remove}. */
@Command(
        name = "remove",
        description = "Detaches mounts in a container that lives; what uses one keeps it until it lets go.",
        sortOptions = false)
final class MountsRemoveCommand implements VerbCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "JSON with the mounts, as config.json has them; only their destinations count.")
    private @Nullable String file;

    @Option(
            names = {"-d", "--destination"},
            paramLabel = "PATH",
            description = "Where in the container something is mounted. Repeatable.")
    private List<String> destinations = new ArrayList<>();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new MountsRemoveVerb(new MountsArguments(id, file, destinations));
    }

    @Override
    public String toString() {
        return "mounts remove " + help;
    }
}
