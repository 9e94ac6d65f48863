package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the files of a container's cgroups say of its processes. */
final class MembersTest {
    private final FakeTree tree = new FakeTree();

    @Test
    void freezerOfV1_isAskedFirst() {
        Members members = new Members(Map.of("freezer", "/f/c", "", "/u/c"), tree);
        tree.with("/f/c/freezer.state", "FREEZING\n").with("/u/c/cgroup.freeze", "0\n");
        assertThat(members.isFrozen()).isTrue();
        assertThat(members.haveStopped()).isFalse();
        tree.with("/f/c/freezer.state", "FROZEN\n");
        assertThat(members.haveStopped()).isTrue();
        tree.with("/f/c/freezer.state", "THAWED\n");
        assertThat(members.isFrozen()).isFalse();
        assertThat(members.freeze(true)).containsExactly(new Write("/f/c/freezer.state", "FROZEN", ""));
        assertThat(members.freeze(false)).containsExactly(new Write("/f/c/freezer.state", "THAWED", ""));
    }

    @Test
    void v2_saysWhatIsAskedFor_andWhatIs() {
        Members members = new Members(Map.of("", "/u/c", "pids", "/p/c"), tree);
        tree.with("/u/c/cgroup.freeze", "1\n").with("/u/c/cgroup.events", "populated 1\nfrozen 0\n");
        assertThat(members.isFrozen()).isTrue();
        assertThat(members.haveStopped()).isFalse();
        tree.with("/u/c/cgroup.events", "populated 1\nfrozen 1\n");
        assertThat(members.haveStopped()).isTrue();
        assertThat(members.freeze(true)).containsExactly(new Write("/u/c/cgroup.freeze", "1", ""));
        assertThat(members.freeze(false)).containsExactly(new Write("/u/c/cgroup.freeze", "0", ""));
    }

    @Test
    void freezerOfAnother_isNamedWhileItIsFrozen() {
        tree.with("/proc/self/mountinfo", "31 30 0:27 / /f rw - cgroup none rw,freezer\n")
                .with("/proc/7/cgroup", "6:freezer:/other\n5:pids:/c\n")
                .with("/f/other/freezer.state", "FROZEN\n");
        assertThat(new Members(Map.of("freezer", "/f/c"), tree).foreignFreezer(7))
                .isEqualTo("/f/other");
        assertThat(new Members(Map.of("freezer", "/f/other"), tree).foreignFreezer(7))
                .isEmpty();
        tree.with("/f/other/freezer.state", "THAWED\n");
        assertThat(new Members(Map.of("freezer", "/f/c"), tree).foreignFreezer(7))
                .isEmpty();
    }

    @Test
    void noFreezer_freezesNothing() {
        Members members = new Members(Map.of("pids", "/p/c"), tree);
        assertThat(members.isFrozen()).isFalse();
        assertThat(members.freeze(true)).isEmpty();
        assertThat(new Members(Map.of(), tree).pids()).isEqualTo(List.of());
    }

    @Test
    void pids_areThoseOfAllCgroupsBelow() {
        tree.with("/f/c/cgroup.procs", "4\n0\n").with("/f/c/below/cgroup.procs", "5\n");
        assertThat(new Members(Map.of("freezer", "/f/c"), tree).pids()).containsExactly(4L, 5L);
    }
}
