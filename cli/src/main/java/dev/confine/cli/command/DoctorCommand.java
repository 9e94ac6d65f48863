package dev.confine.cli.command;

import dev.confine.cli.verb.DoctorVerb;
import dev.confine.cli.verb.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description = "Finds out whether this host and this user can run containers, and says what to change.",
        sortOptions = false)
final class DoctorCommand implements VerbCommand {
    @Option(
            names = {"-b", "--bundle"},
            paramLabel = "DIR",
            description = "Compare the owners of a bundle's files with its id map as well.")
    private @Nullable String bundle;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new DoctorVerb(bundle, json);
    }

    @Override
    public String toString() {
        return "doctor " + help;
    }
}
