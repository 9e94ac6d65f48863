package dev.confine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsTest {
    @Inject
    Settings settings;

    @Test
    void settings_untouched_areTheDefaults() {
        assertThat(settings.backend()).isEqualTo("auto");
        assertThat(settings.backends().path()).isEmpty();
        assertThat(settings.cgroupManager()).isEqualTo("cgroupfs");
        assertThat(settings.debug()).isFalse();
        assertThat(settings.log()).isEmpty();
        assertThat(settings.logFormat()).isEqualTo("text");
        assertThat(settings.logLevel()).isEqualTo("warn");
        assertThat(settings.root()).isEmpty();
    }

    @Test
    void keys_ofSettings_areAllKnown() {
        assertThat(ConfigMappings.getProperties(ConfigClass.configClass(Settings.class))
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(SettingsKeys.ALL);
    }
}
