package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.spi.CriuOptions;
import dev.confine.spi.CriuOptions.Cgroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What checkpoint and restore have in common. */
final class CriuFlags {
    @Option(
            names = "--image-path",
            paramLabel = "DIR",
            description = "The directory of the images (default: checkpoint).")
    private String images = "checkpoint";

    @Option(
            names = "--work-path",
            paramLabel = "DIR",
            description = "Where criu's log goes (default: with the images).")
    private @Nullable String work;

    @Option(names = "--criu", paramLabel = "FILE", description = "The program (default: it is looked for).")
    private @Nullable String criu;

    @Option(names = "--tcp-established", description = "With TCP connections.")
    private boolean tcpEstablished;

    @Option(names = "--ext-unix-sk", description = "With connections of unix sockets to the outside.")
    private boolean extUnixSk;

    @Option(names = "--shell-job", description = "With a session or terminal of the caller's.")
    private boolean shellJob;

    @Option(names = "--file-locks", description = "With locks of files.")
    private boolean fileLocks;

    @Option(names = "--auto-dedup", description = "Without memory that is there twice.")
    private boolean autoDedup;

    @Option(names = "--lazy-pages", description = "Move memory when it is asked for.")
    private boolean lazyPages;

    @Option(
            names = "--empty-ns",
            paramLabel = "NAMESPACE",
            description = "network: leave that namespace empty.",
            completionCandidates = Choice.EmptyNamespaces.class)
    private List<String> emptyNamespaces = new ArrayList<>();

    @Option(
            names = "--manage-cgroups-mode",
            paramLabel = "MODE",
            description = "soft (default), full, strict or ignore.",
            completionCandidates = Choice.CgroupModes.class)
    private String cgroups = "soft";

    CriuOptions options() {
        for (String name : emptyNamespaces) {
            if (!name.equals("network")) {
                throw new ConfineException(
                        "--empty-ns " + name + ": criu leaves no other namespace empty than network");
            }
        }
        return new CriuOptions(
                images,
                work,
                criu,
                tcpEstablished,
                extUnixSk,
                shellJob,
                fileLocks,
                autoDedup,
                lazyPages,
                !emptyNamespaces.isEmpty(),
                cgroups());
    }

    private Cgroups cgroups() {
        for (Cgroups mode : Cgroups.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(cgroups)) {
                return mode;
            }
        }
        throw new ConfineException("--manage-cgroups-mode " + cgroups + ": write soft, full, strict or ignore");
    }
}
