package dev.confine.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The process that asked for something: in the command, the front that the user started, not the JVM.
 *
 * @param pid in the JVM's pid namespace
 * @param uid effective
 * @param gid effective
 * @param groups supplementary
 * @param umask of the caller
 * @param capabilities permitted ones, bit n for capability n
 * @param terminals bit n is set when file descriptor n (0 to 2) is a terminal
 * @param cwd absolute, empty when it was removed
 * @param args what follows the name of the command
 * @param environment the caller's own; the JVM's is not it
 */
public record Caller(
        long pid,
        long uid,
        long gid,
        List<Long> groups,
        int umask,
        long capabilities,
        int terminals,
        String cwd,
        List<String> args,
        Map<String, String> environment) {

    public Caller {
        groups = List.copyOf(groups);
        args = List.copyOf(args);
        environment = Map.copyOf(environment);
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** The environment as entries {@code NAME=value}, sorted. */
    public List<String> variables() {
        List<String> variables = new ArrayList<>(environment.size());
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            variables.add(variable.getKey() + "=" + variable.getValue());
        }
        Collections.sort(variables);
        return variables;
    }

    /** {@code path} as the caller means it: absolute, or relative to the caller's working directory. */
    public String resolve(String path) {
        return path.startsWith("/") ? path : cwd + "/" + path;
    }
}
