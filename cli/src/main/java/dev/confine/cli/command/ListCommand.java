package dev.confine.cli.command;

import dev.confine.cli.verb.ListVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}. */
@Command(name = "list", description = "Lists the containers.", sortOptions = false)
final class ListCommand implements VerbCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = {"-q", "--quiet"},
            description = "Names alone.")
    private boolean quiet;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new ListVerb(format.isJson(), quiet);
    }

    @Override
    public String toString() {
        return "list " + help;
    }
}
