package dev.confine.cli.command;

import dev.confine.cli.verb.BackendsVerb;
import dev.confine.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backends}. */
@Command(name = "backends", description = "Lists who can start containers, and why one cannot.", sortOptions = false)
final class BackendsCommand implements VerbCommand {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new BackendsVerb(json);
    }

    @Override
    public String toString() {
        return "backends " + help;
    }
}
