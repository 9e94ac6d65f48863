package dev.confine.cli.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadPoolExecutor;

/** What {@code engine status} shows. */
final class Statistics {
    private final Instant since = Instant.now();
    private long answered;
    private long declined;
    private final Map<String, Long> refused = new TreeMap<>();

    synchronized void answered() {
        answered++;
    }

    synchronized void declined() {
        declined++;
    }

    synchronized void refused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    synchronized String text(EngineLimits limits, ThreadPoolExecutor threads) {
        StringBuilder text = new StringBuilder();
        line(text, "process", Long.toString(ProcessHandle.current().pid()));
        line(text, "since", since.truncatedTo(ChronoUnit.SECONDS).toString());
        line(text, "up", Duration.between(since, Instant.now()).toSeconds() + " s");
        line(text, "answered", Long.toString(answered));
        line(text, "left to a cold JVM", Long.toString(declined));
        // the one that asks is not counted
        line(text, "at work", threads.getActiveCount() - 1 + " of " + limits.callers());
        line(text, "waiting", threads.getQueue().size() + " of " + limits.queue());
        for (Map.Entry<String, Long> reason : refused.entrySet()) {
            line(text, "refused: " + reason.getKey(), reason.getValue().toString());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}
