package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import dev.confine.spi.ProgramPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What ps(1) of the host shows, of it the lines of some processes. The options are the caller's, so the line of a process is known by the column that is headed
 * PID; columns before it must not have spaces in them.
 */
final class ProcessTable {
    private final Caller caller;
    private final List<String> options;

    ProcessTable(Caller caller, List<String> options) {
        this.caller = caller;
        this.options = options;
    }

    /** The heading and the lines of {@code pids}, which are the host's. */
    String of(Set<String> pids) {
        return filter(output(), pids);
    }

    static String filter(String table, Set<String> pids) {
        String[] lines = table.split("\n");
        int column = words(lines[0]).indexOf("PID");
        if (column < 0) {
            throw new ConfineException(
                    "ps: no column is headed PID, so nothing shows which processes are the container's: ask ps for pid as well");
        }
        StringBuilder kept = new StringBuilder(lines[0]).append('\n');
        for (String line : lines) {
            List<String> words = words(line);
            if (words.size() > column && pids.contains(words.get(column))) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private String output() {
        String program = ProgramPath.of(caller).find("ps");
        if (program == null) {
            throw new ConfineException("ps is not installed, and options for it were given: leave them out,"
                    + " or install it (Debian and Ubuntu: apt-get install procps)");
        }
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(caller.environment());
        try {
            Process ps = builder.start();
            String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = ps.waitFor();
            if (exit != 0) {
                throw new ConfineException(program + " " + String.join(" ", options) + ": exit code " + exit);
            }
            return output;
        } catch (IOException failure) {
            throw new ConfineException("run " + program + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConfineException("run " + program + ": interrupted", interrupted);
        }
    }
}
