package dev.confine.backend.newuidmap;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecuteResultHandler;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
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

    /** Starts it; what is returned waits for its end. */
    static Supplier<HelperRun> begin(String helper, String program, List<String> arguments) {
        CommandLine command = new CommandLine(new File(program));
        for (String argument : arguments) {
            command.addArgument(argument, false);
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(LONGEST).get();
        DefaultExecutor executor = DefaultExecutor.builder()
                .setExecuteStreamHandler(new PumpStreamHandler(output))
                .setWorkingDirectory(new File("/"))
                .get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        DefaultExecuteResultHandler result = new DefaultExecuteResultHandler();
        try {
            executor.execute(command, ENVIRONMENT, result);
        } catch (IOException e) {
            throw unstartable(helper, program, e);
        }
        return () -> {
            await(result);
            if (watchdog.killedProcess()) {
                throw new HelperFailure(
                        helper,
                        HelperFailure.Cause.OTHER,
                        program + " did not end within " + LONGEST.toSeconds() + " s");
            }
            ExecuteException failure = result.getException();
            if (failure != null) {
                Throwable cause = failure.getCause();
                throw unstartable(helper, program, cause == null ? failure : cause);
            }
            return new HelperRun(result.getExitValue(), oneLine(output.toString(StandardCharsets.UTF_8)));
        };
    }

    private static void await(DefaultExecuteResultHandler result) {
        boolean interrupted = false;
        while (!result.hasResult()) {
            try {
                result.waitFor();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HelperFailure unstartable(String helper, String program, Throwable cause) {
        return new HelperFailure(
                helper, program + " cannot be started: " + oneLine(String.valueOf(cause.getMessage())), cause);
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
}
