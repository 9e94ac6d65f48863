package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.validate.SpecValidator;
import org.junit.jupiter.api.Test;

class DefaultSpecTest {
    private static final IdMap FULL = IdMap.of(0, 100_000, 65_536);
    private static final IdMap SELF = IdMap.of(0, 1000, 1);

    @Test
    void defaults_ofBothKinds_areValidAndWhollyApplied() {
        for (Spec spec : new Spec[] {
            DefaultSpec.rootful(),
            DefaultSpec.rootless(new IdMaps(FULL, FULL)),
            DefaultSpec.rootless(new IdMaps(SELF, SELF))
        }) {
            assertThat(SpecValidator.validate(spec)).isEmpty();
            assertThat(SpecValidator.warnings(spec)).isEmpty();
            assertThat(Samples.readText(SpecWriter.toJson(spec))).isEqualTo(spec);
        }
    }

    @Test
    void rootful_hasItsOwnNetworkAndNoUserNamespace() {
        assertThat(DefaultSpec.rootful().linux().namespace(NamespaceType.NETWORK))
                .isNotNull();
        assertThat(DefaultSpec.rootful().linux().namespace(NamespaceType.USER)).isNull();
    }

    @Test
    void rootless_hasTheMapsAndTheNetworkOfTheHost() {
        Spec spec = DefaultSpec.rootless(new IdMaps(SELF, FULL));
        assertThat(spec.linux().namespace(NamespaceType.NETWORK)).isNull();
        assertThat(spec.linux().namespace(NamespaceType.USER)).isNotNull();
        assertThat(spec.linux().uidMappings()).containsExactly(new IdMapping(0, 1000, 1));
        assertThat(spec.linux().gidMappings()).containsExactly(new IdMapping(0, 100_000, 65_536));
    }

    @Test
    void terminals_belongToGroupTtyOnlyWhereItIsMapped() {
        assertThat(pts(DefaultSpec.rootful()).options()).contains("gid=5");
        assertThat(pts(DefaultSpec.rootless(new IdMaps(SELF, FULL))).options()).contains("gid=5");
        assertThat(pts(DefaultSpec.rootless(new IdMaps(FULL, SELF))).options()).doesNotContain("gid=5");
    }

    private static Mount pts(Spec spec) {
        return spec.mounts().stream()
                .filter(mount -> mount.destination().equals("/dev/pts"))
                .findAny()
                .orElseThrow();
    }
}
