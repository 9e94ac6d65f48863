package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.FakeSession;
import dev.confine.cli.args.MapArguments;
import dev.confine.spec.Mount;
import dev.confine.spec.Spec;
import dev.confine.validate.SpecValidator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TrySpecTest {
    private static Spec spec(Map<String, String> environment, String... words) {
        return TrySpec.of("/r", List.of(words), FakeSession.user(environment));
    }

    @Test
    void spec_withAMap_isValid() {
        Spec mapped = MapLayer.over(
                spec(Map.of()), new MapArguments("self", List.of(), List.of()), FakeSession.user(Map.of()));
        assertThat(SpecValidator.validate(mapped)).isEmpty();
    }

    @Test
    void mounts_ofTheHost_areReadOnlyAndResolved() {
        for (Mount mount : spec(Map.of()).mounts()) {
            if (mount.type().equals("bind")) {
                assertThat(mount.options()).contains("rro");
                assertThat(java.nio.file.Files.isSymbolicLink(java.nio.file.Path.of(mount.source())))
                        .isFalse();
            }
        }
    }

    @Test
    void shell_outsideOfThePrograms_isSh() {
        assertThat(args(spec(Map.of("SHELL", "/opt/bin/fish")))).containsExactly("/bin/sh");
        assertThat(args(spec(Map.of("SHELL", "/bin/sh")))).containsExactly("/bin/sh");
        assertThat(args(spec(Map.of("SHELL", "/bin/sh"), "id", "-u"))).containsExactly("id", "-u");
    }

    private static List<String> args(Spec spec) {
        return Objects.requireNonNull(spec.process()).args();
    }
}
