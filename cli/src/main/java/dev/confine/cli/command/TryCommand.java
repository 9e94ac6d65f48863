package dev.confine.cli.command;

import dev.confine.cli.verb.TryVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code try}. */
@Command(
        name = "try",
        description = "Runs a shell, or a command, as root of a new user namespace, on this host's own programs.",
        sortOptions = false)
final class TryCommand implements VerbCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "What to run (default: a shell). Write -- before it.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new TryVerb(words);
    }

    @Override
    public boolean takesForeignWords() {
        return true;
    }

    @Override
    public String toString() {
        return "try " + help;
    }
}
