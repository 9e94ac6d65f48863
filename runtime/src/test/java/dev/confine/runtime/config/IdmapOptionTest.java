package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdmapOptionTest {
    private static final List<IdMapping> UIDS = List.of(new IdMapping(0, 0, 1), new IdMapping(1, 2, 1000));
    private static final List<IdMapping> GIDS = List.of(new IdMapping(0, 100000, 65536));
    private static final Linux LINUX = Linux.NONE.withUserNamespace(UIDS, GIDS);

    private static Mount mount(String option) {
        return new Mount("/x", "bind", "/y", List.of("ro", option, "bind"));
    }

    private static Mount read(String option) {
        return IdmapOption.read(List.of(mount(option)), LINUX).get(0);
    }

    @Test
    void ranges_becomeMappingsOfTheMount() {
        Mount mount = read("idmap=uids=0-1-10#10-11-10;gids=0-100-10");
        assertThat(mount.options()).containsExactly("ro", "idmap", "bind");
        assertThat(mount.uidMappings()).containsExactly(new IdMapping(0, 1, 10), new IdMapping(10, 11, 10));
        assertThat(mount.gidMappings()).containsExactly(new IdMapping(0, 100, 10));
    }

    @Test
    void relative_isAnIdOfTheContainer() {
        Mount mount = read("ridmap=uids=@1-3-10;gids=@0-1000-1");
        assertThat(mount.options()).containsExactly("ro", "ridmap", "bind");
        assertThat(mount.uidMappings()).containsExactly(new IdMapping(1, 4, 10));
        assertThat(mount.gidMappings()).containsExactly(new IdMapping(0, 101000, 1));
    }

    @Test
    void kindThatIsNotGiven_hasTheContainersMap() {
        assertThat(read("idmap=uids=0-7-1").gidMappings()).isEqualTo(GIDS);
        assertThat(read("idmap=gids=0-7-1").uidMappings()).isEqualTo(UIDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "idmap=",
                "idmap=uids=",
                "idmap=uids=0-1",
                "idmap=uids=0-1-2-3",
                "idmap=uids=0-1-10;",
                "idmap=uids=0-1-10#",
                "idmap=uids=a-1-10",
                "idmap=uids=0-1-99999999999",
                "idmap=uids=0-4294967296-1",
                "idmap=users=0-1-10",
                "idmap=uids=@0-0-2",
                "idmap=gids=@0-70000-1",
                "idmapped",
                "size=1k"
            })
    void otherForm_isLeftAsItIs(String option) {
        assertThat(read(option)).isEqualTo(mount(option));
    }

    @Test
    void mountThatHasMappings_keepsThem() {
        Mount mount = new Mount("/x", "bind", "/y", List.of("idmap=uids=0-1-1"), UIDS, GIDS);
        assertThat(IdmapOption.read(List.of(mount), LINUX)).containsExactly(mount);
    }
}
