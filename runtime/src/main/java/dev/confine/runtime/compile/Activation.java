package dev.confine.runtime.compile;

import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;

/**
 * The sockets that systemd has opened for the caller, sd_listen_fds(3): file descriptors from 3 on, which go on to the container's program as if it had been activated itself.
 * They come before those of {@code --preserve-fds}.
 */
final class Activation {
    private final Map<String, String> environment;
    private final int count;

    /** @param adds for a process that is added to a container: it is not the first there, and none is meant for it */
    Activation(Caller caller, boolean adds) {
        this.environment = caller.environment();
        // a caller that names nobody means who it starts
        String pid = environment.get("LISTEN_PID");
        boolean meant = !adds && (pid == null || pid.equals(Long.toString(caller.pid())));
        this.count = meant ? number(environment.getOrDefault("LISTEN_FDS", "")) : 0;
    }

    /** How many there are; none where they are meant for another process. */
    int count() {
        return count;
    }

    /** Adds what tells the program of them; it is the first process of its container. */
    void tell(List<String> variables) {
        if (count == 0) {
            return;
        }
        variables.add("LISTEN_FDS=" + count);
        variables.add("LISTEN_PID=1");
        String names = environment.get("LISTEN_FDNAMES");
        if (names != null) {
            variables.add("LISTEN_FDNAMES=" + names);
        }
    }

    /** 0 for what is no number from 1 to 999. */
    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i > 2) {
                return 0;
            }
            number = 10 * number + c - '0';
        }
        return number;
    }
}
