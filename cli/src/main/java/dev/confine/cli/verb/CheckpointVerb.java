package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.args.CheckpointArguments;
import dev.confine.spi.Caller;
import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import org.jspecify.annotations.Nullable;

/** {@code checkpoint}: saves a running container with criu. */
public record CheckpointVerb(CheckpointArguments arguments) implements Verb {
    private static final int LAST_PORT = 65535;

    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        CheckpointRequest request = request(workplace.session().caller());
        workplace.lifecycleOf(id).checkpoint(id, request);
        return Exit.OK;
    }

    private CheckpointRequest request(Caller caller) {
        String server = arguments.pageServer();
        int colon = server == null ? -1 : server.lastIndexOf(':');
        return new CheckpointRequest(
                caller.resolve(arguments.images()),
                resolved(arguments.work(), caller),
                arguments.parent(),
                resolved(arguments.criu(), caller),
                arguments.leaveRunning(),
                arguments.preDump(),
                arguments.tcpEstablished(),
                arguments.tcpSkipInFlight(),
                arguments.linkRemap(),
                arguments.extUnixSk(),
                arguments.shellJob(),
                arguments.fileLocks(),
                arguments.autoDedup(),
                arguments.lazyPages(),
                arguments.emptyNetwork(),
                server == null ? null : server.substring(0, Math.max(colon, 0)),
                server == null ? 0 : port(server, colon),
                arguments.cgroups());
    }

    private static @Nullable String resolved(@Nullable String path, Caller caller) {
        return path == null ? null : caller.resolve(path);
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
}
