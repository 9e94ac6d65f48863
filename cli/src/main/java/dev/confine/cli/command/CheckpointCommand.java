package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.verb.CheckpointVerb;
import dev.confine.cli.verb.Verb;
import dev.confine.spi.CheckpointRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code checkpoint}. */
@Command(name = "checkpoint", description = "Saves a container with criu, and removes it.", sortOptions = false)
final class CheckpointCommand implements VerbCommand {
    private static final int LAST_PORT = 65535;

    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Mixin
    private CriuFlags criu = new CriuFlags();

    @Option(
            names = "--parent-path",
            paramLabel = "PATH",
            description = "The images of an earlier --pre-dump, relative to --image-path.")
    private @Nullable String parent;

    @Option(names = "--leave-running", description = "Let the container go on.")
    private boolean leaveRunning;

    @Option(names = "--pre-dump", description = "Save the memory alone, and let the container go on.")
    private boolean preDump;

    @Option(names = "--tcp-skip-in-flight", description = "Without TCP connections that are being made.")
    private boolean tcpSkipInFlight;

    @Option(names = "--link-remap", description = "With open files that have no name any more.")
    private boolean linkRemap;

    @Option(names = "--page-server", paramLabel = "HOST:PORT", description = "Send memory to this page server.")
    private @Nullable String pageServer;

    @Option(
            names = "--status-fd",
            paramLabel = "FD",
            description = "Write a NUL byte there when memory can be fetched, for --lazy-pages.")
    private int statusFd = -1;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        if (parent != null && parent.startsWith("/")) {
            throw new ConfineException("--parent-path " + parent + ": write it relative to --image-path");
        }
        String server = pageServer;
        int colon = server == null ? -1 : server.lastIndexOf(':');
        return new CheckpointVerb(
                id,
                new CheckpointRequest(
                        criu.options(),
                        parent,
                        leaveRunning,
                        preDump,
                        tcpSkipInFlight,
                        linkRemap,
                        server == null ? null : server.substring(0, Math.max(colon, 0)),
                        server == null ? 0 : port(server, colon),
                        statusFd));
    }

    private static int port(String server, int colon) {
        try {
            int port = Integer.parseInt(server.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new ConfineException("--page-server " + Quoted.text(server) + ": write HOST:PORT");
    }

    @Override
    public String toString() {
        return "checkpoint " + help;
    }
}
