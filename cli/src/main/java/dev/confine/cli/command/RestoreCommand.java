package dev.confine.cli.command;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.args.CreateArguments;
import dev.confine.cli.args.MapArguments;
import dev.confine.cli.args.RestoreArguments;
import dev.confine.cli.verb.RestoreVerb;
import dev.confine.cli.verb.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
        name = "restore",
        description = "Makes a container of what checkpoint has saved, and lets it go on.",
        sortOptions = false)
final class RestoreCommand implements VerbCommand {
    @Parameters(
            paramLabel = "ID",
            description = "The name of the container.",
            completionCandidates = Choice.Anything.class)
    private String id = "";

    @Option(
            names = {"-b", "--bundle"},
            paramLabel = "DIR",
            description = "The bundle (default: the current directory).")
    private String bundle = ".";

    @Option(
            names = "--pid-file",
            paramLabel = "FILE",
            description = "Write the pid of the container's first process here.")
    private @Nullable String pidFile;

    @Option(
            names = "--console-socket",
            paramLabel = "PATH",
            description = "Send the terminal of a detached container to this unix socket.")
    private @Nullable String consoleSocket;

    @Option(names = "--no-pivot", description = "Accepted: criu changes the root in its own way.")
    private boolean noPivot;

    @Mixin
    private CriuFlags criu = new CriuFlags();

    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as the container goes on.")
    private boolean detach;

    @Option(
            names = "--lsm-profile",
            paramLabel = "TYPE:NAME",
            description = "The security profile, in place of the saved one.")
    private @Nullable String lsmProfile;

    @Option(names = "--lsm-mount-context", paramLabel = "LABEL", description = "The SELinux context of its mounts.")
    private @Nullable String lsmMountContext;

    @Option(names = "--no-subreaper", description = "Accepted: confine never makes itself a subreaper.")
    private boolean noSubreaper;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        BundleArguments from = new BundleArguments(bundle, null, MapArguments.NONE);
        CreateArguments create = new CreateArguments(id, from, pidFile, consoleSocket, null, 0, noPivot, false, false);
        return new RestoreVerb(new RestoreArguments(create, criu.options(), lsmProfile, lsmMountContext, detach));
    }

    @Override
    public String toString() {
        return "restore " + help + noSubreaper;
    }
}
