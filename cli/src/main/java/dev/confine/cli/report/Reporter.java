package dev.confine.cli.report;

import dev.confine.ConfineException;
import dev.confine.cli.config.Choices;
import dev.confine.spi.Log;
import dev.confine.spi.Session;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong, each thing in one line. With a log file warnings go there, else to stderr; failures go to both, as callers of runc expect.
 */
public final class Reporter implements Log {
    /** The flags before the command that take the next word. */
    private static final List<String> WITH_VALUE =
            List.of("--root", "--log", "--log-format", "--log-level", "--backend", "--rootless", "--cgroup-manager");

    private final Session session;
    private final @Nullable String file;
    private final boolean json;
    private final Choices.Level level;
    private final boolean traces;

    private Reporter(Session session, @Nullable String file, boolean json, Choices.Level level, boolean traces) {
        this.session = session;
        this.file = file;
        this.json = json;
        this.level = level;
        this.traces = traces;
    }

    public static Reporter of(Session session, Choices choices) {
        String log = choices.log();
        String file = log == null ? null : session.caller().resolve(log);
        return new Reporter(session, file, choices.jsonLog(), choices.level(), choices.debug());
    }

    /** Fails where the log cannot be written: who gave one looks nowhere else for what went wrong. */
    public void open() {
        if (file != null) {
            try (FileOutputStream out = new FileOutputStream(file, true)) {
                out.flush();
            } catch (IOException unwritable) {
                throw new ConfineException("write the log: " + unwritable.getMessage() + " (--log)");
            }
        }
    }

    /** For a command line that cannot be understood: to stderr, and to the log that it names before its command. */
    public static Reporter early(Session session) {
        String log = null;
        boolean json = false;
        List<String> args = session.caller().args();
        for (int i = 0; i < args.size() && args.get(i).startsWith("-"); i++) {
            int equals = args.get(i).indexOf('=');
            String name = equals < 0 ? args.get(i) : args.get(i).substring(0, equals);
            String value = equals < 0 ? "" : args.get(i).substring(equals + 1);
            if (equals < 0 && WITH_VALUE.contains(name) && i + 1 < args.size()) {
                i++;
                value = args.get(i);
            }
            log = name.equals("--log") ? session.caller().resolve(value) : log;
            json = name.equals("--log-format") ? value.equals("json") : json;
        }
        return new Reporter(session, log, json, Choices.Level.WARN, false);
    }

    /** Before flags and settings are known: to stderr alone. */
    public static Reporter plain(Session session) {
        return new Reporter(session, null, false, Choices.Level.WARN, false);
    }

    @Override
    public void warn(String message) {
        if (level.compareTo(Choices.Level.WARN) <= 0) {
            remark("warning", message);
        }
    }

    @Override
    public void debug(String message) {
        if (level == Choices.Level.DEBUG) {
            remark("debug", message);
        }
    }

    /** Something that was asked for cannot be done, or confine itself is wrong. */
    public void failure(Throwable failure) {
        String message = message(failure);
        if (file != null) {
            append("error", message);
        }
        session.err("confine: " + LogLine.clean(message) + "\n");
        if (traces) {
            session.err(trace(failure));
        }
    }

    private String message(Throwable failure) {
        if (failure instanceof ConfineException) {
            return String.valueOf(failure.getMessage());
        }
        return "a fault of confine itself: " + failure + (traces ? "" : "; confine --debug shows where");
    }

    private void remark(String severity, String message) {
        if (file == null) {
            session.err("confine: " + severity + ": " + LogLine.clean(message) + "\n");
        } else {
            append(severity, message);
        }
    }

    private void append(String severity, String message) {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String line = json ? LogLine.json(severity, message, time) : LogLine.text(severity, message, time);
        try (FileOutputStream out = new FileOutputStream(file, true)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            session.err(
                    "confine: write the log: " + LogLine.clean(String.valueOf(unwritable.getMessage())) + " (--log)\n");
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
