package dev.confine.cli.command;

import dev.confine.cli.args.AccessArguments;
import dev.confine.cli.verb.AccessVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code access}. */
@Command(
        name = "access",
        description = "Explains why a process may or may not use a file, and what would change that.",
        sortOptions = false)
final class AccessCommand implements VerbCommand {
    @Parameters(
            index = "0",
            paramLabel = "SUBJECT",
            description = "A container, the pid of any process, or the directory of a bundle.")
    private String subject = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "As the process sees it.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = {"-w", "--want"},
            paramLabel = "RWX",
            description = "What is asked for, letters out of rwx (default: r).")
    private String want = "r";

    @Option(
            names = {"-u", "--as"},
            paramLabel = "UID[:GID]",
            description = "Ask as this user inside (default: the user of the process).")
    private @Nullable String as;

    @Option(
            names = {"-g", "--additional-gids"},
            paramLabel = "GID",
            description = "Ask with these groups, not those of the process. Repeatable.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = {"-c", "--cap"},
            paramLabel = "CAP",
            description = "Ask with these capabilities, not those of the process; none for none. Repeatable.")
    private List<String> capabilities = new ArrayList<>();

    @Option(names = "--verify", description = "Ask the kernel as well, inside, and compare.")
    private boolean verify;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        return new AccessVerb(new AccessArguments(subject, paths, as, groups, capabilities, want, verify, json));
    }

    @Override
    public String toString() {
        return "access " + help;
    }
}
