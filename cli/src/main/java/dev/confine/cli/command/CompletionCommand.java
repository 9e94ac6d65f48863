package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.docs.Shell;
import dev.confine.cli.verb.PrintVerb;
import dev.confine.cli.verb.Verb;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code completion}. */
@Command(
        name = "completion",
        description = "Prints what makes a shell complete command lines of confine.",
        sortOptions = false)
final class CompletionCommand implements VerbCommand {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.", completionCandidates = Choice.Shells.class)
    private String shell = "";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        for (Shell known : Shell.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(shell)) {
                return new PrintVerb(known.script(CommandLines.model()));
            }
        }
        throw new ConfineException("completion " + shell + ": write bash, zsh or fish");
    }

    @Override
    public String toString() {
        return "completion " + help;
    }
}
