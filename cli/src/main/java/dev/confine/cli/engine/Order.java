package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.config.CacheWish;
import dev.confine.cli.config.Choices;
import dev.confine.cli.config.EngineWish;
import dev.confine.cli.config.LayeredSettings;
import dev.confine.cli.config.SettingsFiles;
import dev.confine.cli.hot.HotArguments;
import dev.confine.cli.verb.Invocation;
import dev.confine.spi.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that the engine answers: one that a cold JVM would answer before it boots anything, with the settings of its caller, which are read each time.
 *
 * @param settings null where there are none
 */
record Order(Invocation invocation, @Nullable LayeredSettings settings, Caller caller) {
    /** Names that mean something else in each process: a JVM that the caller's front has started shares its output and its terminal. */
    private static final List<String> OWN =
            List.of("/dev/std", "/dev/fd", "/dev/tty", "/proc/self", "/proc/thread-self");

    /** Null for a command that is not the engine's; what is wrong with it is for a cold JVM to say. */
    static @Nullable Order of(Caller caller) {
        Invocation invocation = HotArguments.parse(caller.args());
        if (invocation == null || hasOwn(caller.args())) {
            return null;
        }
        try {
            if (SettingsFiles.isPlain(caller)) {
                EngineWish.plain(caller);
                return new Order(invocation, null, caller);
            }
            LayeredSettings settings = LayeredSettings.of(SettingsFiles.read(caller));
            EngineWish.parse(settings.engine());
            CacheWish.parse(settings.cache());
            return settings.areLiteral() && settings.backends().path().isEmpty() && !hasOwn(settings.all())
                    ? new Order(invocation, settings, caller)
                    : null;
        } catch (ConfineException wrong) {
            return null;
        }
    }

    private static boolean hasOwn(Iterable<String> words) {
        for (String word : words) {
            for (String own : OWN) {
                if (word.contains(own)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean wantsNoEngine() {
        return settings != null && settings.engine().equals("off");
    }

    /** @throws ConfineException for a flag or setting that has no meaning */
    Choices choices() {
        return settings == null
                ? Choices.plain(invocation.global(), caller)
                : Choices.of(invocation.global(), settings);
    }
}
