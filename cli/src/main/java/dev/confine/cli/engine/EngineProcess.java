package dev.confine.cli.engine;

import dev.confine.cli.config.LayeredSettings;
import dev.confine.cli.config.SettingsFiles;
import dev.confine.cli.verb.JavaCommand;
import dev.confine.runtime.compile.HostProgram;
import dev.confine.spi.Caller;
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
        for (String word : JavaCommand.own()) {
            if (!isOfShortLives(word)) {
                args.add(hot(word));
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

    private static boolean isOfShortLives(String word) {
        return word.startsWith("-XX:TieredStopAtLevel=")
                || word.startsWith("-XX:CompileThresholdScaling=")
                || word.startsWith("-Ddev.confine.full=");
    }

    /** The other cache beside that of this JVM: that of what the engine answers. */
    private static String hot(String word) {
        int name = word.lastIndexOf("full-");
        boolean cache = word.startsWith("-XX:AOTCache=") || word.startsWith("-XX:SharedArchiveFile=");
        return cache && name >= 0 ? word.substring(0, name) + "hot-" + word.substring(name + "full-".length()) : word;
    }
}
