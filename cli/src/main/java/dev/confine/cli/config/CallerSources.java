package dev.confine.cli.config;

import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/** Hands what was read for the caller to SmallRye Config, which makes its providers itself: hence the static place. */
public final class CallerSources implements ConfigSourceProvider {
    private static volatile List<ConfigSource> current = List.of();

    /** To be called before Quarkus is started. */
    public static void use(List<SettingsSource> sources) {
        current = List.copyOf(sources);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        return current;
    }
}
