package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.CreateArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What create and run have in common. */
final class CreateOptions {
    private static final int MOST_FDS = 999;

    @Parameters(
            paramLabel = "ID",
            description = "The name of the container.",
            completionCandidates = Choice.Anything.class)
    private String id = "";

    @Mixin
    private BundleOptions bundle = new BundleOptions();

    @Option(names = "--idmap-rootfs", description = "Show the root file system's owners through the container's map.")
    private boolean idmapRootfs;

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

    @Option(
            names = "--pidfd-socket",
            paramLabel = "PATH",
            description = "Send a pidfd of the process to this unix socket.")
    private @Nullable String pidfdSocket;

    @Option(
            names = "--preserve-fds",
            paramLabel = "N",
            description = "Let the container keep N file descriptors after 2.")
    private int preserveFds;

    @Option(names = "--no-pivot", description = "Use chroot in place of pivot_root.")
    private boolean noPivot;

    @Option(names = "--no-new-keyring", description = "Keep the caller's session keyring.")
    private boolean noNewKeyring;

    CreateArguments arguments() {
        if (preserveFds < 0 || preserveFds > MOST_FDS) {
            throw new ConfineException("--preserve-fds " + preserveFds + ": write a number from 0 to " + MOST_FDS);
        }
        return new CreateArguments(
                id,
                bundle.arguments(),
                pidFile,
                consoleSocket,
                pidfdSocket,
                preserveFds,
                noPivot,
                noNewKeyring,
                idmapRootfs);
    }
}
