package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.args.NsArguments;
import dev.confine.cli.args.NsArguments.Form;
import dev.confine.cli.args.NsArguments.Tree;
import dev.confine.cli.identity.NsVerb;
import dev.confine.cli.verb.Verb;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ns}. */
@Command(
        name = "ns",
        description = "Shows the namespaces of the host: who is in them, whose they are, and their containers.",
        sortOptions = false)
final class NsCommand implements VerbCommand {
    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            split = ",",
            description = "Only those: mnt, net, pid, user, ipc, uts, cgroup, time. Repeatable.",
            completionCandidates = Choice.NamespaceTypes.class)
    private List<String> types = new ArrayList<>();

    @Option(
            names = {"-p", "--pid"},
            paramLabel = "PID",
            description = "Only those of a process.")
    private @Nullable Long pid;

    @Option(
            names = {"-n", "--ns"},
            paramLabel = "INODE",
            description = "The processes of a namespace, who each is inside and outside.")
    private @Nullable Long inode;

    @Option(
            names = "--tree",
            paramLabel = "BY",
            description = "Below each other, by owner, parent or process.",
            completionCandidates = Choice.Trees.class)
    private @Nullable String tree;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on, and show what changes; looks once a second.")
    private boolean watch;

    @Option(names = "--json", description = "As JSON; with --watch a line for each change.")
    private boolean json;

    @Option(names = "--dot", description = "User namespaces and what they own, as a graph for dot(1).")
    private boolean dot;

    @Option(names = "--svg", description = "The same as a picture.")
    private boolean svg;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        NsArguments arguments =
                new NsArguments(types(), aboveZero("--pid", pid), aboveZero("--ns", inode), tree(), form(), watch);
        check(arguments);
        return new NsVerb(arguments);
    }

    private Form form() {
        if ((json ? 1 : 0) + (dot ? 1 : 0) + (svg ? 1 : 0) > 1) {
            throw new ConfineException("--json, --dot and --svg exclude each other: write one of them");
        }
        return json ? Form.JSON : dot ? Form.DOT : svg ? Form.SVG : Form.TABLE;
    }

    private static void check(NsArguments arguments) {
        boolean picture = arguments.form() == Form.DOT || arguments.form() == Form.SVG;
        if (arguments.tree() != Tree.NONE && arguments.form() != Form.TABLE) {
            throw new ConfineException("--tree is for the table: JSON has owner and parent, pictures show them");
        }
        if (arguments.watch() && (picture || arguments.tree() != Tree.NONE)) {
            throw new ConfineException("--watch writes lines: it takes --json, and neither --tree, --dot nor --svg");
        }
        if (arguments.inode() != 0
                && (picture
                        || arguments.watch()
                        || arguments.pid() != 0
                        || arguments.tree() != Tree.NONE
                        || !arguments.types().isEmpty())) {
            throw new ConfineException(
                    "--ns shows the processes of one namespace: it takes no other option but --json");
        }
    }

    private static long aboveZero(String flag, @Nullable Long number) {
        if (number != null && number <= 0) {
            throw new ConfineException(flag + " " + number + ": write a number above 0");
        }
        return number == null ? 0 : number;
    }

    private Set<NamespaceType> types() {
        Set<NamespaceType> wanted = EnumSet.noneOf(NamespaceType.class);
        for (String word : types) {
            NamespaceType type = NamespaceId.typeOf(word);
            for (NamespaceType named : NamespaceType.values()) {
                type = named.toString().equals(word) ? named : type;
            }
            if (type == null) {
                throw new ConfineException(
                        "--type " + Quoted.text(word) + ": write mnt, net, pid, user, ipc, uts, cgroup or time");
            }
            wanted.add(type);
        }
        return wanted;
    }

    private Tree tree() {
        return switch (tree == null ? "" : tree) {
            case "" -> Tree.NONE;
            case "owner" -> Tree.OWNER;
            case "parent" -> Tree.PARENT;
            case "process" -> Tree.PROCESS;
            default ->
                throw new ConfineException(
                        "--tree " + Quoted.text(String.valueOf(tree)) + ": write owner, parent or process");
        };
    }

    @Override
    public String toString() {
        return "ns " + help;
    }
}
