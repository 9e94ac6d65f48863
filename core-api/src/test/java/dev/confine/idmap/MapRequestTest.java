package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MapRequestTest {
    private final FakeHost host = FakeHost.withAna();

    private IdMaps resolved(String preset, long uid, long gid) {
        return MapRequest.of(MapPreset.parse(preset)).resolve(host, uid, gid);
    }

    @Test
    void auto_ofAnOrdinaryUser_isTheOwnIdAsRootAndAllSubordinateIds() {
        host.file("/etc/subuid", "ana:100000:65536\nana:300000:10\n");
        IdMaps maps = resolved("auto", 1001, 100);
        assertThat(maps.uids().lines()).isEqualTo("0 1001 1\n1 100000 65536\n65537 300000 10\n");
        assertThat(maps.gids().lines()).isEqualTo("0 100 1\n1 100000 65536\n");
    }

    @Test
    void auto_ofAUserWhoseRangeHasTheOwnId_givesItOnce() {
        host.file("/etc/subuid", "ana:1000:10\n");
        assertThat(resolved("auto", 1001, 1001).uids().lines()).isEqualTo("0 1001 1\n1 1000 1\n2 1002 8\n");
    }

    @Test
    void auto_ofAUserWithoutRange_namesTheCure() {
        assertThatThrownBy(() -> resolved("auto", 1002, 1002))
                .isInstanceOf(IdMapException.class)
                .hasMessage("no range of subordinate uids for \"1002\" in /etc/subuid: give one with"
                        + " `usermod --add-subuids 196608-262143 --add-subgids 196608-262143 1002`, or use --map self");
    }

    @Test
    void auto_ofTheFirstUser_proposesWhatUseraddDoes() {
        host.file("/etc/subuid", "ana:1OOOOO:65536\n").file("/etc/subgid", "");
        assertThatThrownBy(() -> resolved("auto", 1001, 1001))
                .hasMessage("no range of subordinate uids for \"ana\" in /etc/subuid"
                        + " (line 1 of /etc/subuid, \"ana:1OOOOO:65536\", is not USER:FIRST:COUNT): give one with"
                        + " `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ana`, or use --map self");
    }

    @Test
    void auto_ofAUserWithoutGroups_saysWhichFile() {
        host.file("/etc/subgid", "");
        assertThatThrownBy(() -> resolved("auto", 1001, 1001))
                .hasMessageStartingWith("no range of subordinate gids for \"ana\" in /etc/subgid: ");
    }

    @Test
    void auto_ofRoot_isARangeAboveAllThatIsInUse() {
        assertThat(resolved("auto", 0, 0).uids().lines()).isEqualTo("0 196608 65536\n");
        host.file("/etc/subgid", "bob:1000000:65536\n");
        assertThat(resolved("auto", 0, 0).uids().lines()).isEqualTo("0 1114112 65536\n");
        host.file("/etc/passwd", "big:x:2000000:2000000::/:\n");
        assertThat(resolved("auto", 0, 0).gids().lines()).isEqualTo("0 2031616 65536\n");
    }

    @Test
    void auto_ofRootOnAFullHost_saysSo() {
        host.file("/etc/subuid", "bob:4294900000:1000\n");
        assertThatThrownBy(() -> resolved("auto", 0, 0)).hasMessageContaining("say which to use with --uid-map");
    }

    @Test
    void auto_ofRootInANamespaceOfFewIds_namesTheCure() {
        host.file("/proc/self/uid_map", "0 100000 65536\n");
        assertThatThrownBy(() -> resolved("auto", 0, 0))
                .hasMessage("no 65536 ids are free in this user namespace, which has \"0 100000 65536\":"
                        + " give root some of them in /etc/subuid and /etc/subgid, or use --map self");
        host.file("/proc/self/uid_map", "0 0 4294967295\n");
        assertThat(resolved("auto", 0, 0).uids().lines()).isEqualTo("0 196608 65536\n");
    }

    @Test
    void auto_ofRootWithRanges_isThose() {
        host.file("/etc/subuid", "containers:500000:100\nana:1:1\n").file("/etc/subgid", "containers:600000:100\n");
        assertThat(resolved("auto", 0, 0).uids().lines()).isEqualTo("0 500000 100\n");
        host.file("/etc/subuid", "root:700000:100\n0:800000:1\n").file("/etc/subgid", "root:600000:100\n");
        assertThat(resolved("auto", 0, 0).uids().lines()).isEqualTo("0 700000 100\n100 800000 1\n");
    }

    @Test
    void self_isOneIdAndReadsNothing() {
        IdMaps maps = MapRequest.of(MapPreset.SELF).resolve(new FakeHost(), 1001, 1002);
        assertThat(maps.uids().lines()).isEqualTo("0 1001 1\n");
        assertThat(maps.gids().lines()).isEqualTo("0 1002 1\n");
    }

    @Test
    void keepId_isTheOwnIdWithTheSubordinateIdsAroundIt() {
        assertThat(resolved("keep-id", 1001, 1001).uids().lines())
                .isEqualTo("0 100000 1001\n1001 1001 1\n1002 101001 64535\n");
    }

    @Test
    void keepId_ofAnIdAboveTheRanges_leavesAGap() {
        host.file("/etc/passwd", "ana:x:200000:200000::/:\n").file("/etc/subuid", "ana:100000:10\nana:100020:10\n");
        assertThat(resolved("keep-id", 200000, 1001).uids().lines())
                .isEqualTo("0 100000 10\n10 100020 10\n200000 200000 1\n");
    }

    @Property
    void keepId_ofAnyId_keepsItAndLosesNoRange(
            @ForAll @LongRange(min = 1, max = 40) long id, @ForAll @LongRange(min = 1, max = 30) long size) {
        FakeHost any = new FakeHost()
                .file("/etc/passwd", "ana:x:" + id + ":1::/:\n")
                .file("/etc/subuid", "ana:5:" + size + "\nana:50:7\n")
                .file("/etc/subgid", "ana:5:" + size + "\n");
        IdMap map = MapRequest.of(MapPreset.KEEP_ID).resolve(any, id, 1).uids();
        boolean own = id >= 5 && id < 5 + size;
        assertThat(map.toOutside(id)).hasValue(id);
        assertThat(map.size()).isEqualTo(size + 7 + (own ? 0 : 1));
        for (long inside = 0; inside < size + 7 - (own ? 1 : 0); inside++) {
            assertThat(map.contains(inside)).isTrue();
        }
    }

    @Test
    void preset_thatIsUnknown_isRefusedWithTheWords() {
        assertThatThrownBy(() -> MapPreset.parse("Auto"))
                .hasMessage("--map \"Auto\" is not known: it is auto, self or keep-id");
    }

    @Test
    void entries_ofOneKind_countForBoth() {
        MapRequest request = new MapRequest(null, MapRequest.entries(List.of("0:5:1", "1:100:10")), List.of());
        IdMaps maps = request.resolve(new FakeHost(), 5, 5);
        assertThat(maps.uids().lines()).isEqualTo("0 5 1\n1 100 10\n");
        assertThat(maps.gids()).isEqualTo(maps.uids());
        MapRequest groups = new MapRequest(null, List.of(), MapRequest.entries(List.of("0:5:1")));
        assertThat(groups.resolve(new FakeHost(), 5, 5).uids().lines()).isEqualTo("0 5 1\n");
    }

    @Test
    void entries_standAboveThePresetOfTheirKind() {
        MapRequest request = new MapRequest(MapPreset.SELF, List.of(), MapRequest.entries(List.of("0:7:1")));
        IdMaps maps = request.resolve(host, 1001, 1001);
        assertThat(maps.uids().lines()).isEqualTo("0 1001 1\n");
        assertThat(maps.gids().lines()).isEqualTo("0 7 1\n");
    }

    @Test
    void entries_thatOverlap_areRefused() {
        MapRequest request = new MapRequest(null, MapRequest.entries(List.of("0:5:2", "1:100:10")), List.of());
        assertThatThrownBy(() -> request.resolve(host, 5, 5)).hasMessageContaining("overlap: both have id 1 inside");
    }
}
