package dev.confine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsTest {
    @Inject
    Settings settings;

    @Test
    void settings_untouched_areTheDefaults() {
        assertThat(settings.backend()).isEqualTo("auto");
        assertThat(settings.backends().path()).isEmpty();
        assertThat(settings.cache()).isEqualTo("auto");
        assertThat(settings.cgroupManager()).isEqualTo("cgroupfs");
        assertThat(settings.debug()).isFalse();
        assertThat(settings.engine()).isEqualTo("auto");
        assertThat(settings.engineCallers()).isEqualTo("16");
        assertThat(settings.engineIdle()).isEqualTo("900");
        assertThat(settings.engineQueue()).isEqualTo("256");
        assertThat(settings.log()).isEmpty();
        assertThat(settings.logFormat()).isEqualTo("text");
        assertThat(settings.logLevel()).isEqualTo("warn");
        assertThat(settings.root()).isEmpty();
    }

    @Test
    void layeredSettings_ofNothing_areTheSame() {
        LayeredSettings layered = LayeredSettings.of(List.of());
        assertThat(layered.backend()).isEqualTo(settings.backend());
        assertThat(layered.backends().path()).isEqualTo(settings.backends().path());
        assertThat(layered.cache()).isEqualTo(settings.cache());
        assertThat(layered.cgroupManager()).isEqualTo(settings.cgroupManager());
        assertThat(layered.debug()).isEqualTo(settings.debug());
        assertThat(layered.engine()).isEqualTo(settings.engine());
        assertThat(layered.engineCallers()).isEqualTo(settings.engineCallers());
        assertThat(layered.engineIdle()).isEqualTo(settings.engineIdle());
        assertThat(layered.engineQueue()).isEqualTo(settings.engineQueue());
        assertThat(layered.log()).isEqualTo(settings.log());
        assertThat(layered.logFormat()).isEqualTo(settings.logFormat());
        assertThat(layered.logLevel()).isEqualTo(settings.logLevel());
        assertThat(layered.root()).isEqualTo(settings.root());
    }

    @Test
    void layeredSettings_theFirstOfTwoPlaces_wins() {
        LayeredSettings layered = LayeredSettings.of(List.of(
                new SettingsSource("environment", 2, Map.of("confine.root", "/a")),
                new SettingsSource("file", 1, Map.of("confine.root", "/b", "confine.debug", "true"))));
        assertThat(layered.root()).contains("/a");
        assertThat(layered.debug()).isTrue();
        assertThat(layered.areLiteral()).isTrue();
        assertThat(LayeredSettings.of(List.of(new SettingsSource("file", 1, Map.of("confine.root", "${HOME}/c"))))
                        .areLiteral())
                .isFalse();
    }

    @Test
    void keys_ofSettings_areAllKnown() {
        assertThat(ConfigMappings.getProperties(ConfigClass.configClass(Settings.class))
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(SettingsKeys.ALL);
    }
}
