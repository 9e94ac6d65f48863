package dev.confine.runtime.compile;

import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The socket that the caller's service manager hears on, sd_notify(3): the variable NOTIFY_SOCKET. A new container gets that socket, bound at a place of its own, and the
 * variable that says so. It hears the container itself: nothing is read or changed on the way. A configuration that sets the variable gets nothing else.
 */
final class Notification {
    static final String VARIABLE = "NOTIFY_SOCKET";
    /** Where it is inside, as for containers of runc. */
    static final String INSIDE = "/run/notify/notify.sock";

    private final String socket;
    private final boolean sharesNetwork;

    /** @param adds for a process that is added to a container: it is not the one that the service manager waits for */
    Notification(Caller caller, Spec spec, boolean adds) {
        this.socket = adds || isSet(spec.process()) ? "" : caller.environment().getOrDefault(VARIABLE, "");
        this.sharesNetwork = spec.linux().namespace(NamespaceType.NETWORK) == null;
    }

    private static boolean isSet(@Nullable Process process) {
        if (process != null) {
            for (String entry : process.env()) {
                if (entry.startsWith(VARIABLE + "=")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it is a file, which is bound. */
    private boolean isFile() {
        return socket.startsWith("/");
    }

    /** Why the container gets none although there is one; empty where it gets it. */
    String lost() {
        if (socket.isEmpty() || isFile() || (socket.startsWith("@") && sharesNetwork)) {
            return "";
        }
        return VARIABLE + "=" + socket + " is not passed on: "
                + (socket.startsWith("@")
                        ? "an abstract socket is not seen from another network namespace"
                        : "it is neither a file nor an abstract socket");
    }

    /** The mounts of a container, with that of the socket at the end, which covers what is there before. */
    List<Mount> after(List<Mount> mounts) {
        if (!isFile()) {
            return mounts;
        }
        List<Mount> all = new ArrayList<>(mounts);
        all.add(new Mount(INSIDE, "bind", socket, List.of("bind", "ro", "nosuid", "nodev", "noexec")));
        return all;
    }

    /** Adds what tells the program of it. */
    void tell(List<String> variables) {
        if (isFile()) {
            variables.add(VARIABLE + "=" + INSIDE);
        } else if (!socket.isEmpty() && lost().isEmpty()) {
            variables.add(VARIABLE + "=" + socket);
        }
    }
}
