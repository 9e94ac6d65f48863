package dev.confine.cli.command;

import dev.confine.cli.args.EventsArguments;
import dev.confine.cli.verb.EventsVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}. */
@Command(
        name = "events",
        description =
                "Tells, a line of JSON each, what a container uses and when it runs out of memory, until it ends.",
        sortOptions = false)
final class EventsCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "Between two lines of what it uses (default: 5s).")
    private String interval = "5s";

    @Option(names = "--stats", description = "Tell what it uses now, and no more.")
    private boolean once;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new EventsVerb(new EventsArguments(id, GoDuration.parse("--interval", interval), once));
    }

    @Override
    public String toString() {
        return "events " + help;
    }
}
