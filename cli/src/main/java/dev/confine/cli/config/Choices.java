package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.cli.args.GlobalArguments;
import dev.confine.spi.Caller;
import dev.confine.spi.CgroupDriver;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one command once flags, environment, files and defaults have been laid over each other.
 *
 * @param root the state directory as written, or null for the default
 * @param log the log file as written, or null for none
 * @param jsonLog whether the log file holds JSON lines
 * @param level from what level on lines are written
 * @param debug whether a failure shows its trace
 * @param backend a name or {@code auto}
 * @param cgroupManager who makes the cgroups of new containers
 */
public record Choices(
        @Nullable String root,
        @Nullable String log,
        boolean jsonLog,
        Level level,
        boolean debug,
        String backend,
        CgroupDriver cgroupManager) {

    private static final String FILE = "file:";

    /** How much is said. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Without settings from files; from the environment only the backend. Check {@link SettingsFiles#isPlain} first. */
    public static Choices plain(GlobalArguments given, Caller caller) {
        String backend = given.backend();
        if (backend == null) {
            backend = caller.environment().get("CONFINE_BACKEND");
        }
        return new Choices(
                given.root(),
                file(given.log()),
                json(given.logFormat() == null ? Settings.LOG_FORMAT : given.logFormat()),
                level(given.debug(), given.logLevel() == null ? Settings.LOG_LEVEL : given.logLevel()),
                given.debug(),
                backend == null ? Settings.BACKEND : backend,
                CgroupDriver.parse(given.cgroupManager() == null ? Settings.CGROUP_MANAGER : given.cgroupManager()));
    }

    /** Flags over settings. */
    public static Choices of(GlobalArguments given, Settings settings) {
        boolean debug = given.debug() || settings.debug();
        return new Choices(
                given.root() == null ? settings.root().orElse(null) : given.root(),
                file(given.log() == null ? settings.log().orElse(null) : given.log()),
                json(given.logFormat() == null ? settings.logFormat() : given.logFormat()),
                level(debug, given.logLevel() == null ? settings.logLevel() : given.logLevel()),
                debug,
                given.backend() == null ? settings.backend() : given.backend(),
                CgroupDriver.parse(given.cgroupManager() == null ? settings.cgroupManager() : given.cgroupManager()));
    }

    private static @Nullable String file(@Nullable String log) {
        return log != null && log.startsWith(FILE) ? log.substring(FILE.length()) : log;
    }

    private static boolean json(String format) {
        if (!format.equals("json") && !format.equals("text")) {
            throw new ConfineException("log format \"" + format + "\" (--log-format) is unknown: write text or json");
        }
        return format.equals("json");
    }

    private static Level level(boolean debug, String name) {
        Level level =
                switch (name) {
                    case "debug", "trace" -> Level.DEBUG;
                    case "info" -> Level.INFO;
                    case "warn", "warning" -> Level.WARN;
                    case "error", "fatal", "panic" -> Level.ERROR;
                    default ->
                        throw new ConfineException("log level \"" + name
                                + "\" (--log-level) is unknown: write debug, info, warn or error");
                };
        return debug ? Level.DEBUG : level;
    }
}
