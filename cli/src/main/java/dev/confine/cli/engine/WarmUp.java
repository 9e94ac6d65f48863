package dev.confine.cli.engine;

import dev.confine.cli.hot.HotArguments;
import dev.confine.runtime.Backends;
import dev.confine.runtime.InstalledBackend;
import dev.confine.runtime.lifecycle.CompileRehearsal;
import dev.confine.spi.Caller;
import dev.confine.spi.Rehearsal;
import java.util.List;
import java.util.Map;

/** Runs in an engine that has just begun, beside its first commands, what all commands run, so that the JVM compiles it early. It changes nothing but that. */
public final class WarmUp {
    private static final int ROUNDS = 400;

    private WarmUp() {}

    /** Returns at once. */
    public static void start(Backends backends) {
        Thread thread = new Thread(() -> run(backends), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Backends backends) {
        for (InstalledBackend installed : backends.all()) {
            if (installed.backend() instanceof Rehearsal backend) {
                backend.rehearse();
            }
        }
        List<String> words = List.of("--root", "/run/confine", "run", "--bundle", "/bundle", "id");
        Caller caller = new Caller(1, 0, 0, List.of(), 022, -1, 0, "/", words, Map.of());
        CompileRehearsal compile = new CompileRehearsal(caller);
        for (int i = 0; i < ROUNDS; i++) {
            HotArguments.parse(words);
            compile.rehearse();
        }
    }
}
