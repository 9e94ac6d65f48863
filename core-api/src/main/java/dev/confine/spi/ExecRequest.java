package dev.confine.spi;

import dev.confine.spec.Spec;
import dev.confine.state.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * What {@code exec} is asked for.
 *
 * @param id of a container that exists
 * @param spec the configuration that the container was made from, with the process that is to be added; valid
 * @param pidFile absolute path, or null
 * @param consoleSocket absolute path of a listening unix socket that takes the terminal's master, or null
 * @param pidfdSocket absolute path of a listening unix socket that takes a pidfd of the process, or null
 * @param preserveFds how many file descriptors after 2 the process keeps
 * @param detach return as soon as the program runs
 */
public record ExecRequest(
        ContainerId id,
        Spec spec,
        @Nullable String pidFile,
        @Nullable String consoleSocket,
        @Nullable String pidfdSocket,
        int preserveFds,
        boolean detach) {}
