package dev.confine.cli.command;

import dev.confine.cli.args.MountsArguments;
import dev.confine.cli.verb.MountsAddVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mounts add}. */
@Command(name = "add", description = "Attaches mounts in a container that lives.", sortOptions = false)
final class MountsAddCommand implements VerbCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "JSON with the mounts, as config.json has them.")
    private @Nullable String file;

    @Option(
            names = {"-m", "--mount"},
            paramLabel = "MOUNT",
            description = "type=TYPE,source=SOURCE,destination=PATH and options, as in"
                    + " type=bind,source=/srv,destination=/srv,ro. Repeatable.")
    private List<String> mounts = new ArrayList<>();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new MountsAddVerb(new MountsArguments(id, file, mounts));
    }

    @Override
    public String toString() {
        return "mounts add " + help;
    }
}
