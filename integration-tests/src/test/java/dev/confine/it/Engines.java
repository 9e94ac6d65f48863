package dev.confine.it;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * With {@code -Dconfine.engine=on} every command of the tests is asked of an engine, one for each user: whatever holds for a JVM of its own must hold for that. An engine is
 * started when it is needed, and stopped when the run ends.
 */
final class Engines {
    private static final boolean ON =
            System.getProperty("confine.engine", "off").equals("on");
    private static final Map<As, Path> SOCKETS = new EnumMap<>(As.class);

    private Engines() {}

    /**
     * What tells a command of its engine.
     *
     * @param same whether the command has the surroundings of the engine; one that has others must be answered all the same
     */
    static Map<String, String> environment(As as, boolean same) {
        if (!ON) {
            return Map.of();
        }
        return Map.of(
                "CONFINE_ENGINE",
                same ? "require" : "auto",
                "CONFINE_ENGINE_SOCKET",
                socket(as).toString());
    }

    private static synchronized Path socket(As as) {
        return SOCKETS.computeIfAbsent(as, Engines::start);
    }

    private static Path start(As as) {
        Path directory = Scratch.ofRun().resolve("engine-" + as.name().toLowerCase(Locale.ROOT));
        Command.run("mkdir", directory.toString()).success();
        Scratch.chmod(directory, "rwx------");
        Scratch.own(directory, as.uid());
        Path socket = directory.resolve("engine.sock");
        command(as, socket, "start").success();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> command(as, socket, "stop")));
        return socket;
    }

    private static Result command(As as, Path socket, String verb) {
        String confine = Scratch.distribution() + "/bin/confine";
        return Command.of(Command.words(as.prefix(), confine, "engine", verb))
                .environment(Map.of("CONFINE_ENGINE_SOCKET", socket.toString()))
                .run();
    }
}
