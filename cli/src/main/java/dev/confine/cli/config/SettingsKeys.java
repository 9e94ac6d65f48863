package dev.confine.cli.config;

import java.util.List;
import java.util.Locale;

/** The keys of {@link Settings}, so that a misspelt one is an error and not silence. A test compares both. */
public final class SettingsKeys {
    public static final List<String> ALL = List.of(
            "confine.backend",
            "confine.backends.path",
            "confine.cache",
            "confine.cgroup-manager",
            "confine.debug",
            "confine.engine",
            "confine.engine-callers",
            "confine.engine-idle",
            "confine.engine-queue",
            "confine.log",
            "confine.log-format",
            "confine.log-level",
            "confine.root");

    private SettingsKeys() {}

    /** The environment variable of a key. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
