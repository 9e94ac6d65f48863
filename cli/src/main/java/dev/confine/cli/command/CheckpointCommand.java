package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.CheckpointArguments;
import dev.confine.cli.verb.CheckpointVerb;
import dev.confine.cli.verb.Verb;
import dev.confine.spi.CheckpointRequest.Cgroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code checkpoint}. */
@Command(name = "checkpoint", description = "Saves a running container with criu, and removes it.", sortOptions = false)
final class CheckpointCommand implements VerbCommand {
    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Option(
            names = "--image-path",
            paramLabel = "DIR",
            description = "Where the images are written to (default: checkpoint).")
    private String images = "checkpoint";

    @Option(
            names = "--work-path",
            paramLabel = "DIR",
            description = "Where criu's log goes (default: with the images).")
    private @Nullable String work;

    @Option(
            names = "--parent-path",
            paramLabel = "PATH",
            description = "The images of an earlier --pre-dump, relative to --image-path.")
    private @Nullable String parent;

    @Option(names = "--criu", paramLabel = "FILE", description = "The program (default: it is looked for).")
    private @Nullable String criu;

    @Option(names = "--leave-running", description = "Let the container go on.")
    private boolean leaveRunning;

    @Option(names = "--pre-dump", description = "Save the memory alone, and let the container go on.")
    private boolean preDump;

    @Option(names = "--tcp-established", description = "With TCP connections.")
    private boolean tcpEstablished;

    @Option(names = "--tcp-skip-in-flight", description = "Without TCP connections that are being made.")
    private boolean tcpSkipInFlight;

    @Option(names = "--link-remap", description = "With open files that have no name any more.")
    private boolean linkRemap;

    @Option(names = "--ext-unix-sk", description = "With connections of unix sockets to the outside.")
    private boolean extUnixSk;

    @Option(names = "--shell-job", description = "With a session or terminal of the caller's.")
    private boolean shellJob;

    @Option(names = "--file-locks", description = "With locks of files.")
    private boolean fileLocks;

    @Option(names = "--auto-dedup", description = "Without memory that the parent has.")
    private boolean autoDedup;

    @Option(names = "--lazy-pages", description = "Serve memory when it is asked for.")
    private boolean lazyPages;

    @Option(names = "--page-server", paramLabel = "HOST:PORT", description = "Send memory to this page server.")
    private @Nullable String pageServer;

    @Option(
            names = "--empty-ns",
            paramLabel = "NAMESPACE",
            description = "network: save that namespace empty.",
            completionCandidates = Choice.EmptyNamespaces.class)
    private List<String> emptyNamespaces = new ArrayList<>();

    @Option(
            names = "--manage-cgroups-mode",
            paramLabel = "MODE",
            description = "soft (default), full, strict or ignore.",
            completionCandidates = Choice.CgroupModes.class)
    private String cgroups = "soft";

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        if (parent != null && parent.startsWith("/")) {
            throw new ConfineException("--parent-path " + parent + ": write it relative to --image-path");
        }
        for (String name : emptyNamespaces) {
            if (!name.equals("network")) {
                throw new ConfineException("--empty-ns " + name + ": criu saves no other namespace empty than network");
            }
        }
        return new CheckpointVerb(new CheckpointArguments(
                id,
                images,
                work,
                parent,
                criu,
                leaveRunning,
                preDump,
                tcpEstablished,
                tcpSkipInFlight,
                linkRemap,
                extUnixSk,
                shellJob,
                fileLocks,
                autoDedup,
                lazyPages,
                !emptyNamespaces.isEmpty(),
                pageServer,
                cgroups()));
    }

    private Cgroups cgroups() {
        for (Cgroups mode : Cgroups.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(cgroups)) {
                return mode;
            }
        }
        throw new ConfineException("--manage-cgroups-mode " + cgroups + ": write soft, full, strict or ignore");
    }

    @Override
    public String toString() {
        return "checkpoint " + help;
    }
}
