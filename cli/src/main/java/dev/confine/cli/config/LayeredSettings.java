package dev.confine.cli.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings without SmallRye Config, for who reads those of many callers: the same places in the same order, but no expressions. */
public final class LayeredSettings implements Settings {
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on");

    private final Map<String, String> values = new HashMap<>();

    private LayeredSettings() {}

    /** @param sources the most important first, as {@link SettingsFiles#read} has them */
    public static LayeredSettings of(List<SettingsSource> sources) {
        LayeredSettings settings = new LayeredSettings();
        for (SettingsSource source : sources) {
            for (Map.Entry<String, String> entry : source.values().entrySet()) {
                settings.values.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
        return settings;
    }

    /** Whether every value means what it says: none is empty, and none has an expression. */
    public boolean areLiteral() {
        for (String value : values.values()) {
            if (value.isEmpty() || value.indexOf('$') >= 0 || value.indexOf('\\') >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Every value that somebody has written. */
    public List<String> all() {
        return List.copyOf(values.values());
    }

    private String or(String key, String otherwise) {
        return values.getOrDefault("confine." + key, otherwise);
    }

    private Optional<String> maybe(String key) {
        @Nullable String value = values.get("confine." + key);
        return Optional.ofNullable(value);
    }

    @Override
    public String backend() {
        return or("backend", BACKEND);
    }

    @Override
    public BackendsSettings backends() {
        return () -> maybe("backends.path");
    }

    @Override
    public String cache() {
        return or("cache", CACHE);
    }

    @Override
    public String cgroupManager() {
        return or("cgroup-manager", CGROUP_MANAGER);
    }

    @Override
    public String engine() {
        return or("engine", ENGINE);
    }

    @Override
    public String engineCallers() {
        return or("engine-callers", ENGINE_CALLERS);
    }

    @Override
    public String engineIdle() {
        return or("engine-idle", ENGINE_IDLE);
    }

    @Override
    public String engineQueue() {
        return or("engine-queue", ENGINE_QUEUE);
    }

    @Override
    public Optional<String> root() {
        return maybe("root");
    }

    @Override
    public Optional<String> log() {
        return maybe("log");
    }

    @Override
    public String logFormat() {
        return or("log-format", LOG_FORMAT);
    }

    @Override
    public String logLevel() {
        return or("log-level", LOG_LEVEL);
    }

    @Override
    public boolean debug() {
        return TRUE.contains(or("debug", "false").toLowerCase(Locale.ROOT));
    }
}
