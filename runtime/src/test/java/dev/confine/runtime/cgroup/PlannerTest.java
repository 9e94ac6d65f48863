package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Pids;
import dev.confine.spec.Resources;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Memory MEMORY = new Memory(1024L, null, 2048L, null, null, null, false, false, false);

    private final List<Violation> found = new ArrayList<>();

    private static Resources with(Memory memory, Cpu cpu, @Nullable Pids pids) {
        return new Resources(List.of(), memory, cpu, BlockIO.NONE, List.of(), Network.NONE, pids, Map.of(), Map.of());
    }

    private static Resources unified(String file, String value) {
        return new Resources(
                List.of(),
                Memory.NONE,
                Cpu.NONE,
                BlockIO.NONE,
                List.of(),
                Network.NONE,
                null,
                Map.of(),
                Map.of(file, value));
    }

    private Plan hybrid(String path, Resources resources, long uid, FakeTree tree) {
        return Planner.plan(new Wish(path, "c1", resources, uid), Hosts.hybrid(tree), tree, found);
    }

    private Plan unified(String path, Resources resources, long uid, FakeTree tree) {
        return Planner.plan(new Wish(path, "c1", resources, uid), Hosts.unified(tree), tree, found);
    }

    private static List<String> shown(List<Write> writes) {
        return writes.stream()
                .map(write -> write.path() + "=" + write.value() + (write.optional() ? "?" : ""))
                .toList();
    }

    private List<String> pointers() {
        return found.stream().map(Violation::pointer).toList();
    }

    @Test
    void visible_areTheContainersOwn_orTheCallersWhereItHasNone() {
        assertThat(hybrid("/x", Resources.NONE, 0, Hosts.hybridTree()).visible())
                .contains(
                        new Visible("memory", "/cg/memory/x", List.of()),
                        new Visible("cpu,cpuacct", "/cg/cpu,cpuacct/x", List.of("cpu", "cpuacct")),
                        new Visible("unified", "/cg/unified/x", List.of()));
        assertThat(hybrid("", Resources.NONE, 1000, Hosts.hybridTree().closed("/cg/memory/a/b"))
                        .visible())
                .contains(new Visible("memory", "/cg/memory/a/b", List.of()));
        assertThat(unified("/x", Resources.NONE, 0, Hosts.unifiedTree()).visible())
                .containsExactly(new Visible("", "/cg/x", List.of()));
    }

    @Test
    void realTime_staysInTheCallersCgroup_whereANewOneHasNoTimeAndNoLimitAsksForIt() {
        FakeTree tree = Hosts.hybridTree().with("/cg/cpu,cpuacct/cpu.rt_runtime_us", "950000\n");
        Wish wish = new Wish("/x", "c1", Resources.NONE, 0).inRealTime();
        Plan plan = Planner.plan(wish, Hosts.hybrid(tree), tree, found);
        assertThat(plan.groups()).extracting(Group::hierarchy).doesNotContain("cpu,cpuacct");
        assertThat(plan.visible()).contains(new Visible("cpu,cpuacct", "/cg/cpu,cpuacct", List.of("cpu", "cpuacct")));

        tree.with("/cg/cpu,cpuacct/x/cpu.rt_runtime_us", "1000\n");
        assertThat(Planner.plan(wish, Hosts.hybrid(tree), tree, found).groups())
                .extracting(Group::hierarchy)
                .contains("cpu,cpuacct");

        Cpu shares = new Cpu(100L, null, null, null, null, null, "", "", null);
        Wish limited = new Wish("/y", "c1", with(Memory.NONE, shares, null), 0).inRealTime();
        assertThat(Planner.plan(limited, Hosts.hybrid(tree), tree, found).groups())
                .extracting(Group::hierarchy)
                .contains("cpu,cpuacct");
        assertThat(found).isEmpty();
    }

    @Test
    void scope_ofAnOrdinaryUser_isSystemdsToMake() {
        FakeTree tree =
                Hosts.unifiedTree().closed("/cg").closed("/cg/user.slice").closed("/cg/cgroup.procs");
        Wish wish = new Wish("/user.slice/a.slice/c.scope", "c1", with(MEMORY, Cpu.NONE, null), 1000, "c.scope", false);
        Plan plan = Planner.plan(wish, Hosts.unified(tree), tree, found);
        assertThat(found).isEmpty();
        assertThat(plan.groups()).containsExactly(new Group("", "/cg/user.slice/a.slice/c.scope", false));
        assertThat(plan.parents()).isEmpty();
        assertThat(plan.removals()).isEmpty();
        assertThat(shown(plan.writes())).contains("/cg/user.slice/a.slice/c.scope/memory.max=1024");
    }

    @Test
    void hierarchies_of_a_hybrid_host_are_told_apart() {
        assertThat(Hosts.hybrid(Hosts.hybridTree()))
                .extracting(Hierarchy::name)
                .containsExactly("cpuset", "cpu,cpuacct", "memory", "devices", "freezer", "pids", "name=systemd", "");
    }

    @Test
    void absolute_path_is_beneath_the_mount_and_made_from_the_top() {
        Plan plan = hybrid("/x//./y/", Resources.NONE, 0, Hosts.hybridTree());
        assertThat(plan.parents()).contains("/cg/memory/x").doesNotContain("/cg/memory");
        assertThat(plan.groups()).contains(new Group("memory", "/cg/memory/x/y", true));
        assertThat(plan.removals().indexOf("/cg/memory/x/y"))
                .isLessThan(plan.removals().indexOf("/cg/memory/x"));
    }

    @Test
    void only_what_is_made_is_removed() {
        FakeTree tree = Hosts.hybridTree().with("/cg/memory/x/y/cgroup.procs", "");
        Plan plan = hybrid("/x/y", Resources.NONE, 0, tree);
        assertThat(plan.groups()).contains(new Group("memory", "/cg/memory/x/y", false));
        assertThat(plan.removals())
                .contains("/cg/freezer/x", "/cg/freezer/x/y")
                .doesNotContain("/cg/memory/x", "/cg/memory/x/y");
    }

    @Test
    void absent_path_of_root_is_the_name_beneath_the_mount() {
        assertThat(hybrid("", Resources.NONE, 0, Hosts.hybridTree()).directories())
                .containsEntry("memory", "/cg/memory/c1")
                .containsEntry("", "/cg/unified/c1");
    }

    @Test
    void new_cpuset_has_what_its_parent_has() {
        assertThat(shown(hybrid("/x", Resources.NONE, 0, Hosts.hybridTree()).writes()))
                .contains("/cg/cpuset/x/cpuset.cpus=0-1", "/cg/cpuset/x/cpuset.mems=0");
    }

    @Test
    void cpuset_that_is_given_is_inherited_by_nothing_but_the_parents() {
        Cpu cpu = new Cpu(null, null, null, null, null, null, "1", "", null);
        List<String> writes = shown(hybrid("/x/y", with(Memory.NONE, cpu, null), 0, Hosts.hybridTree())
                .writes());
        assertThat(writes)
                .contains("/cg/cpuset/x/cpuset.cpus=0-1", "/cg/cpuset/x/y/cpuset.cpus=1")
                .contains("/cg/cpuset/x/y/cpuset.mems=0")
                .doesNotContain("/cg/cpuset/x/y/cpuset.cpus=0-1");
    }

    @Test
    void tasks_are_limited_last() {
        Plan plan = hybrid("/x", with(MEMORY, Cpu.NONE, new Pids(0)), 0, Hosts.hybridTree());
        assertThat(shown(plan.last())).containsExactly("/cg/pids/x/pids.max=0");
        assertThat(shown(plan.writes()))
                .contains("/cg/memory/x/memory.limit_in_bytes=1024", "/cg/memory/x/memory.memsw.limit_in_bytes=2048");
    }

    @Test
    void controller_that_is_not_mounted_is_refused_where_it_is_asked_for() {
        BlockIO io = new BlockIO(100, null, List.of(), List.of(), List.of(), List.of(), List.of());
        Resources resources =
                new Resources(List.of(), Memory.NONE, Cpu.NONE, io, List.of(), Network.NONE, null, Map.of(), Map.of());
        hybrid("/x", resources, 0, Hosts.hybridTree());
        assertThat(pointers()).containsExactly("/linux/resources/blockIO/weight");
    }

    @Test
    void cgroup_that_is_not_empty_is_refused_also_when_a_child_has_the_process() {
        hybrid("/x", Resources.NONE, 0, Hosts.hybridTree().with("/cg/memory/x/y/cgroup.procs", "12\n"));
        assertThat(found).singleElement().satisfies(violation -> assertThat(violation.message())
                .contains("/cg/memory/x"));
    }

    @Test
    void frozen_cgroup_above_is_refused() {
        hybrid("/x/y", Resources.NONE, 0, Hosts.hybridTree().with("/cg/freezer/x/freezer.state", "FROZEN\n"));
        assertThat(pointers()).containsExactly("/linux/cgroupsPath");
    }

    @Test
    void frozen_cgroup_of_v2_is_refused() {
        unified("/x", Resources.NONE, 0, Hosts.unifiedTree().with("/cg/x/cgroup.events", "populated 0\nfrozen 1\n"));
        assertThat(pointers()).containsExactly("/linux/cgroupsPath");
    }

    @Test
    void devices_are_denied_but_for_those_of_every_container() {
        assertThat(shown(hybrid("/x", Resources.NONE, 0, Hosts.hybridTree()).writes()))
                .contains("/cg/devices/x/devices.deny=a", "/cg/devices/x/devices.allow=c 1:3 rwm");
        assertThat(hybrid("/x", Resources.NONE, 0, Hosts.hybridTree()).deviceProgram())
                .isEmpty();
    }

    // ---- v2

    @Test
    void devices_of_v2_are_for_a_program_to_decide_where_root_is_the_hosts() {
        FakeTree tree = Hosts.unifiedTree();
        assertThat(unified("/x", Resources.NONE, 0, tree).deviceProgram()).isEmpty();
        tree.with("/proc/self/uid_map", "         0          0 4294967295\n");
        assertThat(unified("/x", Resources.NONE, 0, tree).deviceProgram()).isNotEmpty();
        assertThat(unified("", Resources.NONE, 1000, tree).deviceProgram()).isEmpty();
    }

    @Test
    void controllers_are_handed_on_by_every_cgroup_above() {
        Plan plan = unified("/x/y", with(MEMORY, Cpu.NONE, null), 0, Hosts.unifiedTree());
        assertThat(shown(plan.writes()))
                .containsExactly(
                        "/cg/cgroup.subtree_control=+hugetlb +rdma?",
                        "/cg/x/cgroup.subtree_control=+memory",
                        "/cg/x/cgroup.subtree_control=+cpuset +cpu +io +hugetlb +pids +rdma?",
                        "/cg/x/y/memory.max=1024",
                        "/cg/x/y/memory.swap.max=1024");
    }

    @Test
    void absent_path_of_an_ordinary_user_is_beside_its_own_cgroup() {
        Plan plan = unified("", Resources.NONE, 1000, Hosts.unifiedTree());
        assertThat(plan.directories()).containsExactly(Map.entry("", "/cg/user.slice/app/c1"));
    }

    @Test
    void absent_path_of_an_ordinary_user_is_in_its_own_cgroup_where_only_that_is_delegated() {
        FakeTree tree = Hosts.unifiedTree().closed("/cg/user.slice/app");
        Plan plan = unified("", Resources.NONE, 1000, tree);
        assertThat(plan.directories()).containsExactly(Map.entry("", "/cg/user.slice/app/shell.scope/c1"));
    }

    @Test
    void ordinary_user_without_delegation_has_no_cgroup() {
        FakeTree tree = Hosts.unifiedTree().closed("/cg/user.slice/app").closed("/cg/user.slice/app/shell.scope");
        assertThat(unified("", Resources.NONE, 1000, tree).isEmpty()).isTrue();
        assertThat(found).isEmpty();
    }

    @Test
    void ordinary_user_without_delegation_is_refused_limits() {
        FakeTree tree = Hosts.unifiedTree().closed("/cg/user.slice/app").closed("/cg/user.slice/app/shell.scope");
        unified("", with(Memory.NONE, Cpu.NONE, new Pids(3)), 1000, tree);
        assertThat(pointers()).containsExactly("/linux/resources/pids/limit");
        assertThat(found.get(0).message()).contains("uid 1000", "/cg/user.slice/app/shell.scope");
    }

    @Test
    void ordinary_user_that_may_not_leave_its_own_cgroup_has_none_elsewhere() {
        FakeTree tree = Hosts.unifiedTree().closed("/cg/cgroup.procs");
        assertThat(unified("/x", Resources.NONE, 1000, tree).isEmpty()).isTrue();
    }

    @Test
    void file_of_v2_is_written_after_its_controller_is_handed_on() {
        Plan plan = unified("/x", unified("hugetlb.2MB.max", "0"), 0, Hosts.unifiedTree());
        assertThat(shown(plan.writes()))
                .containsSubsequence("/cg/cgroup.subtree_control=+hugetlb", "/cg/x/hugetlb.2MB.max=0");
    }

    @Test
    void file_of_v2_is_refused_without_its_controller() {
        unified("/x", unified("misc.max", "0"), 0, Hosts.unifiedTree());
        hybrid("/x", unified("memory.high", "0"), 0, Hosts.hybridTree());
        assertThat(pointers())
                .containsExactly("/linux/resources/unified/misc.max", "/linux/resources/unified/memory.high");
    }

    @Test
    void root_that_can_make_no_cgroup_is_refused_the_path_it_asks_for() {
        FakeTree tree = Hosts.unifiedTree().closed("/cg");
        assertThat(unified("", Resources.NONE, 0, tree).isEmpty()).isTrue();
        assertThat(found).isEmpty();
        unified("/x", Resources.NONE, 0, tree);
        assertThat(pointers()).containsExactly("/linux/cgroupsPath");
    }
}
