package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.FakeSession;
import dev.confine.cli.args.MapArguments;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MapLayerTest {
    private static final Caller CALLER = FakeSession.user(Map.of());
    private static final Spec SPEC = TrySpec.of("/r", List.of("id"), CALLER);
    private static final MapArguments SELF = new MapArguments("self", List.of(), List.of());

    private static Spec with(Linux linux) {
        return SPEC.withLinux(linux);
    }

    @Test
    void maps_notAskedFor_changeNothing() {
        assertThat(MapLayer.over(SPEC, MapArguments.NONE, CALLER)).isSameAs(SPEC);
    }

    @Test
    void self_onSpecWithoutUserNamespace_addsOneWithTheCallersId() {
        Linux linux = MapLayer.over(SPEC, SELF, CALLER).linux();
        assertThat(linux.namespace(NamespaceType.USER)).isEqualTo(new Namespace(NamespaceType.USER));
        assertThat(linux.uidMappings()).containsExactly(new IdMapping(0, 1000, 1));
        assertThat(linux.gidMappings()).containsExactly(new IdMapping(0, 1000, 1));
    }

    @Test
    void groupOfTerminals_notInTheMap_isLeftOut() {
        Mount terminals = new Mount("/dev/pts", "devpts", "devpts", List.of("newinstance", "gid=5"));
        Spec spec = SPEC.withMounts(List.of(terminals));
        assertThat(MapLayer.over(spec, SELF, CALLER).mounts().get(0).options()).containsExactly("newinstance");
        MapArguments wide = new MapArguments(null, List.of("0:100000:10"), List.of());
        assertThat(MapLayer.over(spec, wide, CALLER).mounts()).containsExactly(terminals);
    }

    @Test
    void uidMap_alone_countsForGroups() {
        MapArguments asked = new MapArguments(null, List.of("0:1000:1", "1:100000:10"), List.of());
        assertThat(MapLayer.over(SPEC, asked, CALLER).linux().gidMappings())
                .containsExactly(new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 10));
    }

    @Test
    void map_besideMappingsOfTheFile_isRefusedNamingBoth() {
        Spec mapped = with(SPEC.linux().withMappings(List.of(new IdMapping(0, 1, 1)), List.of()));
        assertThatThrownBy(() -> MapLayer.over(mapped, SELF, CALLER))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("--map")
                .hasMessageContaining("/linux/uidMappings");
    }

    @Test
    void map_besideNamespaceByPath_isRefusedNamingBoth() {
        Spec joining = with(SPEC.linux().withNamespaces(List.of(new Namespace(NamespaceType.USER, "/proc/7/ns/user"))));
        MapArguments asked = new MapArguments(null, List.of(), List.of("0:0:1"));
        assertThatThrownBy(() -> MapLayer.over(joining, asked, CALLER))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("--gid-map")
                .hasMessageContaining("/proc/7/ns/user");
    }
}
