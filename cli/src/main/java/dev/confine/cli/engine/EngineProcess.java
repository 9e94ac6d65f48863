package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.config.LayeredSettings;
import dev.confine.cli.config.SettingsFiles;
import dev.confine.runtime.compile.HostProgram;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of an engine: that of a cold JVM, but for what is there because such a JVM is over soon. */
final class EngineProcess {
    static final String MAIN = "dev.confine.cli.EngineMain";
    /** The file descriptor that a service manager passes first, {@code sd_listen_fds(3)}. */
    static final int INHERITED = 3;

    private final Caller caller;
    private final String library;

    /** @param library where this JVM was started, which is where the engine is to be */
    EngineProcess(Caller caller, String library) {
        this.caller = caller;
        this.library = library;
    }

    /** Whether the caller is a service whose manager has opened its one socket. */
    boolean isActivated() {
        return Long.toString(caller.pid()).equals(caller.environment().get("LISTEN_PID"))
                && "1".equals(caller.environment().get("LISTEN_FDS"));
    }

    HostProgram program() {
        EngineLimits limits = EngineLimits.of(LayeredSettings.of(SettingsFiles.read(caller)));
        List<String> args = new ArrayList<>();
        for (String line : lines()) {
            if (!isOfShortLives(line)) {
                args.add(expanded(line));
            }
        }
        args.remove(args.size() - 1);
        args.addAll(1, List.of("-XX:TieredStopAtLevel=" + LEVEL));
        args.add(args.size() - 2, property("socket", EngineSocket.of(caller)));
        args.add(args.size() - 2, property("inherited", isActivated() ? Integer.toString(INHERITED) : ""));
        args.add(args.size() - 2, property("notify", caller.environment().getOrDefault("NOTIFY_SOCKET", "")));
        args.add(args.size() - 2, property("idle", Integer.toString(limits.idleSeconds())));
        args.add(args.size() - 2, property("callers", Integer.toString(limits.callers())));
        args.add(args.size() - 2, property("queue", Integer.toString(limits.queue())));
        args.add(MAIN);
        return new HostProgram(library, args, List.of("LC_CTYPE=C.UTF-8"));
    }

    private static final String LEVEL = "4";

    private static String property(String name, String value) {
        return "-Ddev.confine.engine." + name + "=" + value;
    }

    private List<String> lines() {
        Path file = Path.of(library, "java.args");
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
            lines.removeIf(String::isEmpty);
            return lines;
        } catch (IOException missing) {
            throw new ConfineException("read " + file + ": " + missing.getMessage(), missing);
        }
    }

    private static boolean isOfShortLives(String line) {
        return line.startsWith("-XX:TieredStopAtLevel=") || line.startsWith("-XX:CompileThresholdScaling=");
    }

    /** As the launcher expands the lines of that file. */
    private String expanded(String line) {
        String start = line.startsWith("@") ? library + line.substring(1) : line;
        return start.replace("=@/", "=" + library + "/").replace(":@/", ":" + library + "/");
    }
}
