package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubordinateIdsTest {
    private final FakeHost host = FakeHost.withAna();

    @Test
    void ids_inTheFiles_areThoseOfTheUserByNameAndByNumber() {
        host.file("/etc/subuid", "bob:1:2\nana:100000:65536\n1001:300000:10\nana:200000:5\n");
        assertThat(SubordinateIds.of(host, 1001).uids())
                .containsExactly(new IdRange(100000, 65536), new IdRange(300000, 10), new IdRange(200000, 5));
        assertThat(host.asked).isEmpty();
    }

    @Test
    void ids_thatAreGivenTwice_countOnce() {
        host.file("/etc/subuid", "ana:100:10\nana:105:10\nana:90:100\n");
        assertThat(SubordinateIds.of(host, 1001).uids())
                .containsExactly(new IdRange(100, 10), new IdRange(110, 5), new IdRange(90, 10), new IdRange(115, 75));
    }

    @Test
    void ids_ofLinesThatAreNoEntry_areRemarkedOn() {
        host.file(
                "/etc/subgid",
                "# a remark\n\nana\nana:x:5\nana:5:0\nana:4294967290:65536\nana:7:-1\nana:1:2:3\nbob:x\nana:50:5\n");
        SubordinateIds ids = SubordinateIds.of(host, 1001);
        assertThat(ids.gids()).containsExactly(new IdRange(50, 5));
        assertThat(ids.remarks()).hasSize(6).contains("line 4 of /etc/subgid, \"ana:x:5\", is not USER:FIRST:COUNT");
    }

    @Test
    void ids_ofAUserWithoutAny_areNone() {
        assertThat(SubordinateIds.of(host, 0).uids()).isEmpty();
        assertThat(SubordinateIds.of(new FakeHost(), 1001).uids()).isEmpty();
    }

    @Test
    void ids_ofAnotherSource_areAskedFor() {
        host.file("/etc/nsswitch.conf", "passwd: files\nsubid:\t sss files\n")
                .output("getsubids ana", "0: ana 500000 65536\n1: ana 700000 10\n")
                .output("getsubids -g ana", "0: ana 600000 65536\n");
        SubordinateIds ids = SubordinateIds.of(host, 1001);
        assertThat(ids.uids()).containsExactly(new IdRange(500000, 65536), new IdRange(700000, 10));
        assertThat(ids.gids()).containsExactly(new IdRange(600000, 65536));
        assertThat(ids.remarks()).isEmpty();
    }

    @Test
    void ids_ofAnotherSourceThatDoesNotAnswer_areThoseOfTheFiles() {
        host.file("/etc/nsswitch.conf", "subid: sss\n");
        SubordinateIds ids = SubordinateIds.of(host, 1001);
        assertThat(ids.uids()).containsExactly(new IdRange(100000, 65536));
        assertThat(ids.remarks())
                .containsExactly("getsubids, which nsswitch.conf's \"subid:\" asks for, gave no ranges for \"ana\"");
    }

    @Test
    void ids_whereNsswitchSaysFiles_areNotAskedFor() {
        host.file("/etc/nsswitch.conf", "subid: files\n");
        SubordinateIds.of(host, 1001);
        assertThat(host.asked).isEmpty();
    }

    @Test
    void name_thatIsNotInPasswd_isAskedFor() {
        assertThat(new UserNames(host).nameOf(1001)).isEqualTo("ana");
        assertThat(host.asked).isEmpty();
        host.output("getent passwd 5000", "carla:*:5000:5000::/home/carla:/bin/sh\n");
        assertThat(new UserNames(host).nameOf(5000)).isEqualTo("carla");
        assertThat(new UserNames(host).nameOf(5001)).isEqualTo("5001");
    }

    @Test
    void name_ofAPasswdThatIsBroken_isTheNumber() {
        host.file("/etc/passwd", "ana\n:x:1001:1001\nana:x:+1001:5\nana:x\n");
        assertThat(new UserNames(host).nameOf(1001)).isEqualTo("1001");
    }

    @Test
    void foreignIds_areThoseInNoRange() {
        host.file("/etc/subuid", "ana:100:10\nana:110:10\n");
        SubordinateIds ids = SubordinateIds.of(host, 1001);
        assertThat(ids.foreignUids(new IdRange(105, 15))).isEmpty();
        assertThat(ids.foreignUids(new IdRange(99, 25))).containsExactly(new IdRange(99, 1), new IdRange(120, 4));
        assertThat(ids.foreignGids(new IdRange(100000, 1))).isEmpty();
    }
}
