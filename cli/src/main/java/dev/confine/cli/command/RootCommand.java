package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.GlobalArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confine} itself: the flags before the verb. */
@Command(
        name = "confine",
        description = "Runs OCI containers, and explains who they are.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        sortOptions = false,
        subcommands = {
            SpecCommand.class,
            RunCommand.class,
            CreateCommand.class,
            StartCommand.class,
            ExecCommand.class,
            StateCommand.class,
            KillCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            UpdateCommand.class,
            EventsCommand.class,
            DeleteCommand.class,
            ListCommand.class,
            PsCommand.class,
            NsCommand.class,
            IdsCommand.class,
            AccessCommand.class,
            DoctorCommand.class,
            ChownMapCommand.class,
            PlanCommand.class,
            MountsCommand.class,
            CheckpointCommand.class,
            RestoreCommand.class,
            EngineCommand.class,
            BackendsCommand.class,
            TryCommand.class,
            FeaturesCommand.class,
            CompletionCommand.class
        })
final class RootCommand {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "State directory (default: /run/confine, for an ordinary user $XDG_RUNTIME_DIR/confine).")
    private @Nullable String root;

    @Option(names = "--log", paramLabel = "FILE", description = "Append errors and warnings to this file as well.")
    private @Nullable String log;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "Of the log file: text (default) or json.",
            completionCandidates = Choice.LogFormats.class)
    private @Nullable String logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "debug, info, warn (default) or error.",
            completionCandidates = Choice.Levels.class)
    private @Nullable String logLevel;

    @Option(names = "--debug", description = "Show debug lines, and where in confine a failure arose.")
    private boolean debug;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Who starts containers (default: auto, see confine backends).")
    private @Nullable String backend;

    @Option(
            names = "--rootless",
            paramLabel = "WHEN",
            description = "true, false or auto: accepted, as what is possible is found out each time.",
            completionCandidates = Choice.Rootless.class)
    private @Nullable String rootless;

    @Option(
            names = "--cgroup-manager",
            paramLabel = "NAME",
            description =
                    "Who makes cgroups: cgroupfs (default), systemd, or disabled: containers stay in those of the caller.")
    private @Nullable String cgroupManager;

    @Option(names = "--systemd-cgroup", description = "The same as --cgroup-manager systemd.")
    private boolean systemdCgroup;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Mixin
    private HelpOption help = new HelpOption();

    GlobalArguments arguments() {
        if (systemdCgroup && cgroupManager != null && !cgroupManager.equals("systemd")) {
            throw new ConfineException("--systemd-cgroup and --cgroup-manager " + cgroupManager
                    + " exclude each other: leave one of them out");
        }
        if (rootless != null && !rootless.equals("true") && !rootless.equals("false") && !rootless.equals("auto")) {
            throw new ConfineException("--rootless " + rootless + ": write true, false or auto");
        }
        String cgroups = systemdCgroup ? "systemd" : cgroupManager;
        return new GlobalArguments(root, log, logFormat, logLevel, debug, backend, cgroups);
    }

    @Override
    public String toString() {
        return "confine, version " + version + ", " + help;
    }
}
