package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.IntelRdt;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a container has in a resctrl that is made of texts. */
final class ResctrlTest {
    private final FakeTree tree = new FakeTree()
            .with(
                    "/proc/self/mountinfo",
                    "22 1 0:20 / /proc rw - proc proc rw\n33 1 0:31 / /sys/fs/resctrl rw - resctrl resctrl rw\n")
            .with("/sys/fs/resctrl/schemata", "    L3:0=fff;1=fff\n    MB:0=100;1=100\n")
            .with("/sys/fs/resctrl/gold/schemata", "    L3:0=00f;1=fff\n    MB:0= 20;1=100\n");
    private final List<Violation> found = new ArrayList<>();

    private Resctrl plan(String closID, String l3, String bandwidth, boolean monitored, String... schemata) {
        return Resctrl.plan(new IntelRdt(closID, List.of(schemata), l3, bandwidth, monitored), "c1", tree, found);
    }

    private String refusal() {
        assertThat(found).hasSize(1);
        return found.get(0).toString();
    }

    @Test
    void withoutClosID_theContainerHasItsOwnClass_whichGoesWithIt() {
        Resctrl plan = plan("", "L3:0=f", "MB:0=20", false, "L2:0=f");
        assertThat(plan.made()).containsExactly("/sys/fs/resctrl/c1");
        assertThat(plan.removals()).isEqualTo(plan.made());
        assertThat(plan.groups()).isEqualTo(plan.made());
        assertThat(plan.writes())
                .containsExactly(
                        new Write("/sys/fs/resctrl/c1/schemata", "L3:0=f", "/linux/intelRdt/l3CacheSchema"),
                        new Write("/sys/fs/resctrl/c1/schemata", "MB:0=20", "/linux/intelRdt/memBwSchema"),
                        new Write("/sys/fs/resctrl/c1/schemata", "L2:0=f", "/linux/intelRdt/schemata/0"));
        assertThat(found).isEmpty();
    }

    @Test
    void newClass_thatIsNamed_isMadeAndStays() {
        Resctrl plan = plan("silver", "L3:0=f", "", false);
        assertThat(plan.shared()).isEqualTo("/sys/fs/resctrl/silver");
        assertThat(plan.made()).isEmpty();
        assertThat(plan.removals()).isEmpty();
        assertThat(plan.writes()).hasSize(1);
    }

    @Test
    void class_thatIsThere_isJoinedWhereItIsWhatIsAskedFor() {
        Resctrl plan = plan("gold", "L3: 0=F; 1=fff", "MB:0=20", false);
        assertThat(found).isEmpty();
        assertThat(plan.writes()).isEmpty();
        assertThat(plan.shared()).isNull();
        assertThat(plan.groups()).containsExactly("/sys/fs/resctrl/gold");
        assertThat(plan("gold", "", "", false).groups()).containsExactly("/sys/fs/resctrl/gold");
        assertThat(plan("/", "", "", false).groups()).containsExactly("/sys/fs/resctrl");
        plan("gold", "L3:0=ff", "", false);
        assertThat(refusal()).contains("/linux/intelRdt/l3CacheSchema", "class gold", "/sys/fs/resctrl/gold/schemata");
    }

    @Test
    void class_thatIsNotThere_isRefusedWhereNothingSaysWhatItIs() {
        plan("silver", "", "", true);
        assertThat(refusal()).contains("/linux/intelRdt/closID", "make /sys/fs/resctrl/silver");
    }

    @Test
    void monitoringGroup_isTheContainersOwn_inWhateverClass() {
        Resctrl plan = plan("gold", "", "", true);
        assertThat(plan.made()).containsExactly("/sys/fs/resctrl/gold/mon_groups/c1");
        assertThat(plan.removals()).isEqualTo(plan.made());
        assertThat(plan.groups()).containsExactly("/sys/fs/resctrl/gold", "/sys/fs/resctrl/gold/mon_groups/c1");
        plan = plan("", "", "", true);
        assertThat(plan.made()).containsExactly("/sys/fs/resctrl/c1", "/sys/fs/resctrl/c1/mon_groups/c1");
        assertThat(plan.removals()).containsExactly("/sys/fs/resctrl/c1/mon_groups/c1", "/sys/fs/resctrl/c1");
    }

    @Test
    void process_thatIsAdded_joinsWhatTheContainerIsIn() {
        Resctrl plan = Resctrl.joining(new IntelRdt("gold", List.of(), "L3:0=1", "", true), "c1", tree);
        assertThat(plan.groups()).containsExactly("/sys/fs/resctrl/gold", "/sys/fs/resctrl/gold/mon_groups/c1");
        assertThat(plan.made()).isEmpty();
        assertThat(plan.writes()).isEmpty();
        assertThat(plan.removals()).isEmpty();
        assertThat(Resctrl.joining(null, "c1", tree)).isEqualTo(Resctrl.NONE);
    }

    @Test
    void host_withoutResctrl_isToldSo() {
        tree.with("/proc/self/mountinfo", "22 1 0:20 / /proc rw - proc proc rw\n");
        plan("", "L3:0=f", "", false);
        assertThat(refusal()).contains("/linux/intelRdt", "not mounted", "mount -t resctrl");
    }
}
