package dev.confine.cli.command;

import dev.confine.cli.args.KillArguments;
import dev.confine.cli.verb.KillVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kill}. */
@Command(name = "kill", description = "Sends a signal to the first process of a container.", sortOptions = false)
final class KillCommand implements VerbCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SIGNAL",
            completionCandidates = Choice.Signals.class,
            description = "A name, with or without SIG, or a number (default: TERM).")
    private String signal = KillVerb.DEFAULT;

    @Option(
            names = {"-a", "--all"},
            description = "To every process in its cgroups, also when the first one has ended.")
    private boolean all;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new KillVerb(new KillArguments(id, signal, all));
    }

    @Override
    public String toString() {
        return "kill " + help;
    }
}
