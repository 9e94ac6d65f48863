package dev.confine.cli.command;

import dev.confine.cli.args.SpecArguments;
import dev.confine.cli.verb.SpecVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spec}. */
@Command(name = "spec", description = "Writes a config.json to start from.", sortOptions = false)
final class SpecCommand implements VerbCommand {
    @Option(
            names = {"-b", "--bundle"},
            paramLabel = "DIR",
            description = "The bundle to write it into (default: the current directory).")
    private String bundle = ".";

    @Option(names = "--rootless", description = "For an ordinary user: with a user namespace in which you are root.")
    private boolean rootless;

    @Mixin
    private MapOptions maps = new MapOptions();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new SpecVerb(new SpecArguments(bundle, rootless, maps.arguments()));
    }

    @Override
    public String toString() {
        return "spec " + help;
    }
}
