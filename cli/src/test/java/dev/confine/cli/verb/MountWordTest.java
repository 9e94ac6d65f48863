package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.spec.Mount;
import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MountWordTest {
    private static final Caller ANA = FakeSession.user(Map.of());

    @Test
    void optionsOfTheMount_keepTheirOrder() {
        assertThat(MountWord.parse("type=tmpfs,destination=/a,ro,size=1m,rw", ANA))
                .isEqualTo(new Mount("/a", "tmpfs", "", List.of("ro", "size=1m", "rw")));
    }

    @Test
    void sourceOfABind_isTheCallers() {
        assertThat(MountWord.parse("src=data,dst=/a,rbind", ANA))
                .isEqualTo(new Mount("/a", "", "/work/data", List.of("rbind")));
        assertThat(MountWord.parse("type=nfs,source=host,target=/a", ANA).source())
                .isEqualTo("host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "type=tmpfs", "type=tmpfs,destination=/a,", "/a"})
    void mountWithoutADestination_isRefused(String words) {
        assertThatThrownBy(() -> MountWord.parse(words, ANA))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("destination=PATH");
    }
}
