package dev.confine.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.cli.config.Choices;
import dev.confine.spi.CgroupDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReporterTest {
    private final FakeSession session = new FakeSession(FakeSession.user(Map.of()));

    @TempDir
    Path directory;

    private Reporter reporter(@Nullable Path log, boolean json, Choices.Level level, boolean debug) {
        return Reporter.of(
                session,
                new Choices(
                        null, log == null ? null : log.toString(), json, level, debug, "auto", CgroupDriver.CGROUPFS));
    }

    @Test
    void failure_withoutLog_isOneLine() {
        reporter(null, false, Choices.Level.WARN, false).failure(new ConfineException("no \u001b[1mbundle"));
        assertThat(session.complaints()).isEqualTo("confine: no ?[1mbundle\n");
    }

    @Test
    void failure_withJsonLog_isInBoth() throws IOException {
        Path log = directory.resolve("log");
        reporter(log, true, Choices.Level.WARN, false).failure(new ConfineException("a \"b\"\n\\c\u0001"));
        assertThat(Files.readString(log))
                .matches(
                        "\\{\"level\":\"error\",\"msg\":\"a \\\\\"b\\\\\"\\\\n\\\\\\\\c\\\\u0001\",\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}\n");
        assertThat(session.complaints()).startsWith("confine: a \"b\"");
    }

    @Test
    void warning_withTextLog_isOnlyThere() throws IOException {
        Path log = directory.resolve("log");
        Reporter reporter = reporter(log, false, Choices.Level.WARN, false);
        reporter.warn("w");
        reporter.debug("d");
        assertThat(Files.readString(log)).matches("time=\"[^\"]+\" level=warning msg=\"w\"\n");
        assertThat(session.complaints()).isEmpty();
    }

    @Test
    void warning_belowTheLevel_isNotSaid() {
        reporter(null, false, Choices.Level.ERROR, false).warn("w");
        assertThat(session.complaints()).isEmpty();
    }

    @Test
    void failure_withLogThatCannotBeWritten_isStillSaid() {
        reporter(directory, false, Choices.Level.WARN, false).failure(new ConfineException("x"));
        assertThat(session.complaints())
                .contains("write the log")
                .contains("(--log)")
                .endsWith("confine: x\n");
    }

    @Test
    void fault_ofConfine_saysHowToGetTheTrace() {
        reporter(null, false, Choices.Level.WARN, false).failure(new IllegalStateException("boom"));
        assertThat(session.complaints())
                .isEqualTo("confine: a fault of confine itself: java.lang.IllegalStateException: boom;"
                        + " confine --debug shows where\n");
    }

    @Test
    void fault_withDebug_showsTheTrace() {
        reporter(null, false, Choices.Level.DEBUG, true).failure(new IllegalStateException("boom"));
        assertThat(session.complaints()).contains("\tat dev.confine.cli.report.ReporterTest");
    }

    @Test
    void failure_ofACommandLine_isInTheLogThatItNamesBeforeItsCommand() throws IOException {
        String log = directory.resolve("log").toString();
        String other = directory.resolve("other").toString();
        for (String[] args : new String[][] {
            {"--root", "--log", "--log", log, "create", "--nonsense"},
            {"--debug", "--log=" + log, "--log-format", "json", "exec", "--log", other}
        }) {
            Reporter.early(new FakeSession(FakeSession.user(Map.of(), args))).failure(new ConfineException("what?"));
        }
        assertThat(Files.readString(Path.of(log)))
                .matches("time=\"[^\"]+\" level=error msg=\"what\\?\"\n\\{\"level\":\"error\",\"msg\":\"what\\?\".*\n");
        assertThat(Path.of(other)).doesNotExist();
    }
}
