package dev.confine.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.cli.config.LayeredSettings;
import dev.confine.cli.config.SettingsSource;
import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OrderTest {
    private static Caller caller(Map<String, String> environment, String... args) {
        return FakeSession.user(environment, args);
    }

    @Test
    void order_ofAHotCommand_isTheEngines() {
        Order order = Objects.requireNonNull(Order.of(caller(Map.of(), "--root", "/r", "state", "one")));
        assertThat(order.choices().root()).isEqualTo("/r");
        assertThat(order.wantsNoEngine()).isFalse();
    }

    @Test
    void order_withSettings_hasThem() {
        Order order = Objects.requireNonNull(Order.of(caller(Map.of("CONFINE_ROOT", "/s"), "state", "one")));
        assertThat(order.choices().root()).isEqualTo("/s");
    }

    @Test
    void order_ofWhoWantsNoEngine_isNotAnswered() {
        Order order = Order.of(caller(Map.of("CONFINE_ENGINE", "off", "CONFINE_DEBUG", "true"), "state", "one"));
        assertThat(Objects.requireNonNull(order).wantsNoEngine()).isTrue();
    }

    @Test
    void order_ofAnotherCommand_isNotTheEngines() {
        assertThat(Order.of(caller(Map.of(), "--help"))).isNull();
        assertThat(Order.of(caller(Map.of(), "backends"))).isNull();
    }

    @Test
    void order_withNamesThatEachProcessHasForItself_isNotTheEngines() {
        assertThat(Order.of(caller(Map.of(), "--log", "/dev/stderr", "state", "one")))
                .isNull();
        assertThat(Order.of(caller(Map.of(), "run", "--bundle", "/proc/self/cwd", "one")))
                .isNull();
        assertThat(Order.of(caller(Map.of("CONFINE_LOG", "/dev/fd/2"), "state", "one")))
                .isNull();
    }

    @Test
    void order_withSettingsThatOnlyAColdJvmUnderstands_isNotTheEngines() {
        assertThat(Order.of(caller(Map.of("CONFINE_ROOT", "${HOME}"), "state", "one")))
                .isNull();
        assertThat(Order.of(caller(Map.of("CONFINE_BACKENDS_PATH", "/jars"), "state", "one")))
                .isNull();
        assertThat(Order.of(caller(Map.of("CONFINE_ENGINE", "maybe", "CONFINE_ROOT", "/r"), "state", "one")))
                .isNull();
    }

    @Test
    void limits_asWritten_areNumbers() {
        assertThat(EngineLimits.of(LayeredSettings.of(List.of()))).isEqualTo(new EngineLimits(900, 16, 256));
        assertThatThrownBy(() -> EngineLimits.of(LayeredSettings.of(
                        List.of(new SettingsSource("file", 1, Map.of("confine.engine-callers", "0"))))))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("confine.engine-callers");
    }
}
