package dev.confine.cli.engine;

import dev.confine.runtime.store.StateDirectory;
import dev.confine.spi.Caller;

/** Where a caller's engine listens. The launcher looks in the same places, by rules of its own. */
final class EngineSocket {
    private static final String VARIABLE = "CONFINE_ENGINE_SOCKET";
    private static final String NAME = "/engine.sock";

    private EngineSocket() {}

    static String of(Caller caller) {
        String named = caller.environment().getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return caller.resolve(named);
        }
        return (caller.isRoot() ? "/run/confine" : StateDirectory.of(null, caller)) + NAME;
    }
}
