package dev.confine.cli.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings from one place.
 *
 * @param name of the place, for messages
 * @param ordinal the highest wins
 * @param values by key, {@code confine.backend}
 */
public record SettingsSource(String name, int ordinal, Map<String, String> values) implements ConfigSource {
    public SettingsSource {
        values = Map.copyOf(values);
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return values.get(key);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}
