package dev.confine.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code exec}.
 *
 * @param id as written, unchecked
 * @param file with the whole process, as written, or null
 * @param added the process in words; beside a file it says nothing but that there is a terminal
 * @param pidFile as written, or null
 * @param consoleSocket as written, or null
 * @param pidfdSocket as written, or null
 * @param cgroups as written
 * @param preserveFds how many file descriptors after 2 the process keeps
 * @param ignorePaused also where the container is paused
 * @param detach return when the program runs
 */
public record ExecArguments(
        String id,
        @Nullable String file,
        AddedArguments added,
        @Nullable String pidFile,
        @Nullable String consoleSocket,
        @Nullable String pidfdSocket,
        List<String> cgroups,
        int preserveFds,
        boolean ignorePaused,
        boolean detach) {

    public ExecArguments {
        cgroups = List.copyOf(cgroups);
    }
}
