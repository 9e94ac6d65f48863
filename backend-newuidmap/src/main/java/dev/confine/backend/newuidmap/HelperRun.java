package dev.confine.backend.newuidmap;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * A helper that has run: without a shell, with an environment of its own, its standard input closed.
 *
 * @param exit its exit code
 * @param said what it printed, on one line
 */
record HelperRun(int exit, String said) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_SAID = 500;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin:/usr/sbin:/sbin");

    static HelperRun of(String helper, String program, List<String> arguments) {
        CommandLine command = new CommandLine(new File(program));
        for (String argument : arguments) {
            command.addArgument(argument, false);
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(LONGEST).get();
        Starts executor = new Starts();
        executor.setStreamHandler(new PumpStreamHandler(output));
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        try {
            int exit = executor.execute(command, ENVIRONMENT);
            if (watchdog.killedProcess()) {
                throw new HelperFailure(
                        helper,
                        HelperFailure.Cause.OTHER,
                        program + " did not end within " + LONGEST.toSeconds() + " s");
            }
            return new HelperRun(exit, oneLine(output.toString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new HelperFailure(
                    helper, program + " cannot be started: " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        String stripped = text.strip();
        for (int i = 0; i < Math.min(stripped.length(), MOST_SAID); i++) {
            char c = stripped.charAt(i);
            line.append(c == '\n' ? "; " : Character.isISOControl(c) ? "?" : String.valueOf(c));
        }
        return line.toString();
    }

    /**
     * Starts one process at a time. Two that begin together inherit the pipes of each other from the JDK, and its jspawnhelper then waits for ever when this JVM is killed.
     */
    private static final class Starts extends DefaultExecutor {
        @SuppressWarnings("deprecation") // no builder makes a subclass
        Starts() {
            setWorkingDirectory(new File("/"));
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path directory)
                throws IOException {
            synchronized (Starts.class) {
                return super.launch(command, environment, directory);
            }
        }
    }
}
