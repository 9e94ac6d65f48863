package dev.confine.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code exec} says of the process in words, in place of a file.
 *
 * @param command the program and its arguments
 * @param cwd in the container, or null for that of config.json
 * @param env entries laid over those of config.json
 * @param user {@code UID} or {@code UID:GID}, as written, or null
 * @param groups further groups, as written
 * @param capabilities further capabilities, by name
 * @param noNewPrivileges whether they are given up whatever config.json says
 * @param terminal whether it gets a terminal
 * @param apparmor a profile, or null for that of config.json
 * @param label an SELinux label, or null for that of config.json
 */
public record AddedArguments(
        List<String> command,
        @Nullable String cwd,
        List<String> env,
        @Nullable String user,
        List<String> groups,
        List<String> capabilities,
        boolean noNewPrivileges,
        boolean terminal,
        @Nullable String apparmor,
        @Nullable String label) {

    public AddedArguments {
        command = List.copyOf(command);
        env = List.copyOf(env);
        groups = List.copyOf(groups);
        capabilities = List.copyOf(capabilities);
    }

    /** Whether there is anything that a file with a process says as well; the terminal may be said twice. */
    public boolean describe() {
        boolean lists = !command.isEmpty() || !env.isEmpty() || !groups.isEmpty() || !capabilities.isEmpty();
        return lists || cwd != null || user != null || noNewPrivileges || apparmor != null || label != null;
    }
}
