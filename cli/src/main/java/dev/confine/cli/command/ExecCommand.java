package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.AddedArguments;
import dev.confine.cli.args.ExecArguments;
import dev.confine.cli.verb.ExecVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exec}. */
@Command(name = "exec", description = "Runs a further process in a container.", sortOptions = false)
final class ExecCommand implements VerbCommand {
    private static final int MOST_FDS = 999;

    @Parameters(index = "0", paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "The program and its arguments.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-p", "--process"},
            paramLabel = "FILE",
            description = "The whole process, as config.json has it; then no command and no flag about the process.")
    private @Nullable String process;

    @Option(names = "--cwd", paramLabel = "DIR", description = "The working directory in the container.")
    private @Nullable String cwd;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "An entry of the environment. Repeatable.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "UID[:GID]",
            description = "Who the process is inside, in numbers.")
    private @Nullable String user;

    @Option(
            names = {"-g", "--additional-gids"},
            paramLabel = "GID",
            description = "A further group. Repeatable.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = {"-c", "--cap"},
            paramLabel = "CAP",
            description = "A further capability: bounding, effective and permitted. Repeatable.")
    private List<String> capabilities = new ArrayList<>();

    @Option(names = "--no-new-privs", description = "Give up new privileges.")
    private boolean noNewPrivileges;

    @Option(
            names = {"-t", "--tty"},
            description = "Give the process a terminal.")
    private boolean tty;

    @Option(
            names = "--console-socket",
            paramLabel = "PATH",
            description = "Send the terminal of a detached process to this unix socket.")
    private @Nullable String consoleSocket;

    @Option(
            names = "--pidfd-socket",
            paramLabel = "PATH",
            description = "Send a pidfd of the process to this unix socket.")
    private @Nullable String pidfdSocket;

    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as the program runs.")
    private boolean detach;

    @Option(names = "--pid-file", paramLabel = "FILE", description = "Write the pid of the process here.")
    private @Nullable String pidFile;

    @Option(
            names = "--cgroup",
            paramLabel = "PATH",
            description = "Be in this cgroup below the container's; CONTROLLERS:PATH for some of v1. Repeatable.")
    private List<String> cgroups = new ArrayList<>();

    @Option(
            names = "--preserve-fds",
            paramLabel = "N",
            description = "Let the process keep N file descriptors after 2.")
    private int preserveFds;

    @Option(names = "--ignore-paused", description = "Add it to a paused container too: it runs when that is resumed.")
    private boolean ignorePaused;

    @Option(names = "--apparmor", paramLabel = "PROFILE", description = "Run under this AppArmor profile.")
    private @Nullable String apparmor;

    @Option(names = "--process-label", paramLabel = "LABEL", description = "Run with this SELinux label.")
    private @Nullable String processLabel;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        if (preserveFds < 0 || preserveFds > MOST_FDS) {
            throw new ConfineException("--preserve-fds " + preserveFds + ": write a number from 0 to " + MOST_FDS);
        }
        AddedArguments added = new AddedArguments(
                command, cwd, env, user, groups, capabilities, noNewPrivileges, tty, apparmor, processLabel);
        if (process == null && command.isEmpty()) {
            throw new ConfineException("exec " + id + ": write the program to run after the container's name");
        }
        if (process != null && added.describe()) {
            throw new ConfineException(
                    "--process " + process + " is the whole process: leave out the command and the flags about it");
        }
        return new ExecVerb(new ExecArguments(
                id, process, added, pidFile, consoleSocket, pidfdSocket, cgroups, preserveFds, ignorePaused, detach));
    }

    @Override
    public boolean takesForeignWords() {
        return true;
    }

    @Override
    public String toString() {
        return "exec " + help;
    }
}
