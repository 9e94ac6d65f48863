package dev.confine.cli.command;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.verb.PlanVerb;
import dev.confine.cli.verb.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan}. */
@Command(
        name = "plan",
        description = "Prints the system calls that would start a bundle, each with its cause; runs none of them.",
        sortOptions = false)
final class PlanCommand implements VerbCommand {
    @Parameters(arity = "0..1", paramLabel = "BUNDLE", description = "The bundle (default: the current directory).")
    private String bundle = ".";

    @Option(
            names = {"-f", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: config.json in the bundle).")
    private @Nullable String config;

    @Mixin
    private MapOptions maps = new MapOptions();

    @Option(names = "--idmap-rootfs", description = "Show the root file system's owners through the container's map.")
    private boolean idmapRootfs;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new PlanVerb(new BundleArguments(bundle, config, maps.arguments()), idmapRootfs, json);
    }

    @Override
    public String toString() {
        return "plan " + help;
    }
}
