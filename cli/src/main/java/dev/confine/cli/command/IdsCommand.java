package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.IdsArguments;
import dev.confine.cli.args.IdsArguments.Form;
import dev.confine.cli.args.IdsArguments.Kinds;
import dev.confine.cli.identity.IdsVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ids}. */
@Command(
        name = "ids",
        description = "Translates user and group ids between a container and the host, or shows the whole map.",
        sortOptions = false)
final class IdsCommand implements VerbCommand {
    @Parameters(index = "0", paramLabel = "ID|PID|BUNDLE", description = "A container, any process, or a bundle.")
    private String subject = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NUMBER|NAME",
            description = "Ids inside, or names there; without any the whole map is shown.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--from-host", description = "They are ids or names of the host.")
    private boolean fromHost;

    @Option(
            names = {"-u", "--users"},
            description = "Users only.")
    private boolean users;

    @Option(
            names = {"-g", "--groups"},
            description = "Groups only.")
    private boolean groups;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--svg", description = "The whole map as a picture.")
    private boolean svg;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        if (svg && (json || !ids.isEmpty())) {
            throw new ConfineException("--svg shows the whole map: it takes neither ids nor --json");
        }
        if (fromHost && ids.isEmpty()) {
            throw new ConfineException("--from-host needs ids to translate: without any the whole map is shown");
        }
        Kinds kinds = users == groups ? Kinds.BOTH : users ? Kinds.USERS : Kinds.GROUPS;
        Form form = json ? Form.JSON : svg ? Form.SVG : Form.TABLE;
        return new IdsVerb(new IdsArguments(subject, ids, kinds, fromHost, form));
    }

    @Override
    public String toString() {
        return "ids " + help;
    }
}
