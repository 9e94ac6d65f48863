package dev.confine.cli.command;

import dev.confine.cli.args.ChownMapArguments;
import dev.confine.cli.verb.ChownMapVerb;
import dev.confine.cli.verb.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chown-map}. */
@Command(
        name = "chown-map",
        description = "Gives the files of a tree the owners that an id map needs, or takes them back.",
        sortOptions = false)
final class ChownMapCommand implements VerbCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TREE",
            description = "A directory whose owners are those of a container: 0 for its root.")
    private String tree = "";

    @Mixin
    private MapOptions maps = new MapOptions();

    @Option(
            names = {"-b", "--bundle"},
            paramLabel = "DIR",
            description = "Take the map of this bundle's configuration.")
    private @Nullable String bundle;

    @Option(names = "--back", description = "The other way: from ids of the host to those of the container.")
    private boolean back;

    @Option(
            names = "--apply",
            description = "Do it; without, only tell what would be done. Goes on where one was interrupted.")
    private boolean apply;

    @Option(
            names = "--mount-point",
            description = "Let TREE be a mount point, or /. Mounts within are left alone always.")
    private boolean mountPoint;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where to write what was touched (default: TREE.chown-map, beside TREE).")
    private @Nullable String journal;

    @Option(names = "--undo", paramLabel = "FILE", description = "Give back the owners that this journal has.")
    private @Nullable String undo;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new ChownMapVerb(
                new ChownMapArguments(tree, maps.arguments(), bundle, back, apply, mountPoint, journal, undo, json));
    }

    @Override
    public String toString() {
        return "chown-map " + help;
    }
}
