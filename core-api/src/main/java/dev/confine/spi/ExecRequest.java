package dev.confine.spi;

import dev.confine.spec.Spec;
import dev.confine.state.ContainerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code exec} is asked for.
 *
 * @param id of a container that exists
 * @param spec the configuration that the container was made from, with the process that is to be added; valid
 * @param pidFile absolute path, or null
 * @param consoleSocket absolute path of a listening unix socket that takes the terminal's master, or null
 * @param pidfdSocket absolute path of a listening unix socket that takes a pidfd of the process, or null
 * @param cgroups below the container's: {@code PATH} or {@code CONTROLLERS:PATH}; none for the container's own
 * @param preserveFds how many file descriptors after 2 the process keeps
 * @param ignorePaused add it to a paused container too; it runs when that goes on
 * @param detach return as soon as the program runs
 */
public record ExecRequest(
        ContainerId id,
        Spec spec,
        @Nullable String pidFile,
        @Nullable String consoleSocket,
        @Nullable String pidfdSocket,
        List<String> cgroups,
        int preserveFds,
        boolean ignorePaused,
        boolean detach) {

    public ExecRequest {
        cgroups = List.copyOf(cgroups);
    }
}
