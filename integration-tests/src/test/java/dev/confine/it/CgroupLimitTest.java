package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code linux.resources}: what limits a container, and which devices it may open. */
@Containers
final class CgroupLimitTest {
    @Test
    void limits_areWrittenToItsFiles() {
        String path = Cgroup.path("limits");
        Bundle bundle = Cgroup.bundle("limits").set("/linux/resources", """
                        {memory: {limit: 67108864, reservation: 33554432},
                         cpu: {shares: 512, quota: 50000, period: 100000, cpus: '0', mems: '0'},
                         pids: {limit: 7}}""").args("sleep", "100");
        bundle.create().success();
        assertThat(Cgroup.read("memory", path, "memory.limit_in_bytes", "memory.max"))
                .isEqualTo("67108864");
        assertThat(Cgroup.read("memory", path, "memory.soft_limit_in_bytes", "memory.low"))
                .isEqualTo("33554432");
        assertThat(Cgroup.read("cpu", path, "cpu.shares", "cpu.weight")).isIn("512", "20");
        assertThat(Cgroup.read("cpu", path, "cpu.cfs_quota_us", "cpu.max")).startsWith("50000");
        assertThat(Cgroup.read("cpuset", path, "cpuset.cpus", "cpuset.cpus")).isEqualTo("0");
        assertThat(Cgroup.read("pids", path, "pids.max", "pids.max")).isEqualTo("7");
        bundle.deleteByForce().success();
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void limitOfTasks_limitsTasks() {
        Bundle bundle = Cgroup.bundle("few")
                .set("/linux/resources", "{pids: {limit: 1}}")
                .script("(true) && echo forked");
        assertThat(bundle.run().err()).contains("fork");
        bundle.set("/linux/resources", "{pids: {limit: 0}}").script("echo alone");
        assertThat(bundle.output()).isEqualTo("alone");
    }

    @Test
    void limitOfMemory_limitsMemory() {
        Bundle bundle = Cgroup.bundle("memory")
                .set("/linux/resources", "{memory: {limit: 16777216}}")
                .script("x=$(head -c 50000000 /dev/zero | tr '\\0' x); echo survived");
        assertThat(bundle.run().out()).doesNotContain("survived");
    }

    @Test
    void valueThatTheKernelRefuses_isNamedWithItsField() {
        Cgroup.bundle("refused")
                .set("/linux/resources", "{cpu: {quota: 1, period: 100000}}")
                .run()
                .refusal("/linux/resources/cpu/quota", "EINVAL");
        Cgroup.bundle("refused")
                .set("/linux/resources", "{network: {classID: 5}}")
                .run()
                .refusal("/linux/resources/network/classID", "net_cls");
        Cgroup.assertGone(Cgroup.path(""));
    }

    // ---- devices

    /** Makes nodes of a device that every container may use and of one that none may, and opens both. */
    private static Bundle nodes(String name) {
        Bundle bundle = Cgroup.bundle(name)
                .script("mknod /tmp/n c 1 3 && mknod /tmp/fuse c 10 229;"
                        + " (: < /tmp/n) && echo null; (: < /tmp/fuse) 2>&1");
        for (String set : List.of("bounding", "effective", "permitted")) {
            bundle.add("/process/capabilities/" + set, "'CAP_MKNOD'");
        }
        return bundle;
    }

    @Test
    void devices_thatAreNotAllowed_cannotBeOpened() {
        Bundle bundle = nodes("devices");
        assertThat(bundle.run().out()).contains("null", "not permitted");
        bundle.set(
                "/linux/resources",
                "{devices: [{allow: false}, {allow: true, type: 'c', major: 10, minor: 229, access: 'r'}]}");
        assertThat(bundle.script("(: < /tmp/fuse) 2>&1").run().out()).doesNotContain("not permitted");
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void devices_areForAProgramOfBpf_whereThereIsNoControllerOfV1() {
        Confine unified = Confine.as(As.ROOT)
                .before("unshare", "-m", "sh", "-c", "umount -l " + Cgroup.mount("devices") + " && exec \"$@\"", "sh");
        Bundle bundle = nodes("bpf");
        assertThat(bundle.run(unified).out()).contains("null", "not permitted");
        bundle.set(
                "/linux/resources",
                "{devices: [{allow: false}, {allow: true, type: 'c', major: 10, minor: 229, access: 'r'}]}");
        assertThat(bundle.script("(: < /tmp/fuse) 2>&1").run(unified).out()).doesNotContain("not permitted");
        Cgroup.assertGone(Cgroup.path(""));
    }
}
