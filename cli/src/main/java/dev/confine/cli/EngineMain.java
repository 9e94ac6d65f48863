package dev.confine.cli;

import dev.confine.ConfineException;
import dev.confine.cli.engine.Engine;
import dev.confine.cli.engine.EngineLimits;
import dev.confine.cli.engine.WarmUp;
import dev.confine.runtime.Backends;
import dev.confine.runtime.socket.Listener;
import dev.confine.runtime.socket.Supervisor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Another entry of the JVM: that of the engine. What it is to do is in properties, as the launcher starts it without anything of a caller's. */
public final class EngineMain {
    private static final int SECONDS_TO_STOP = 35;

    private EngineMain() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        int code = 0;
        try {
            run();
        } catch (IOException | ConfineException failed) {
            System.err.println("confine: engine: " + failed.getMessage());
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }

    private static void run() throws IOException {
        String library = System.getProperty("user.dir");
        String inherited = property("inherited");
        Listener listener =
                inherited.isEmpty() ? Listener.at(property("socket")) : Listener.inherited(Integer.parseInt(inherited));
        EngineLimits limits = new EngineLimits(number("idle"), number("callers"), number("queue"));
        Backends backends = BuiltIn.backends();
        Engine engine = new Engine(
                listener, library, limits, (verb, choices, session) -> Runner.run(verb, choices, session, backends));
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine, main)));
        Supervisor manager = new Supervisor(property("notify"));
        WarmUp.start(backends);
        manager.ready();
        engine.run();
        manager.stopping();
    }

    /** Told to end by a signal: what was begun is done first. */
    private static void stop(Engine engine, Thread main) {
        engine.stop();
        try {
            main.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String property(String name) {
        return System.getProperty("dev.confine.engine." + name, "");
    }

    private static int number(String name) {
        return Integer.parseInt(property(name));
    }
}
