package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code update}: the limits of a container that lives change, and are remembered. */
@Containers
final class UpdateTest {
    private static Bundle living(String name, String resources) {
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/linux/cgroupsPath", "'" + Cgroup.path(name) + "'")
                .set("/linux/resources", resources)
                .args("sleep", "100");
        bundle.run("--detach").success();
        return bundle;
    }

    private static String memory(String name) {
        return Cgroup.read("memory", Cgroup.path(name), "memory.limit_in_bytes", "memory.max");
    }

    private static String kept(Bundle bundle) {
        return Scratch.read(bundle.stateDirectory().resolve(bundle.id()).resolve("config.json"))
                .replaceAll("\\s", "");
    }

    @Test
    void limits_areRaisedAndLowered_withThatOfSwap() {
        Bundle bundle = living("memory", "{memory: {limit: 67108864}}");
        bundle.confine("update", "--memory", "128m", "--memory-swap", "256m", bundle.id())
                .success();
        assertThat(memory("memory")).isEqualTo("134217728");
        bundle.confine("update", "--memory", "512m", "--memory-swap", "512m", bundle.id())
                .success();
        assertThat(memory("memory")).isEqualTo("536870912");
        bundle.confine("update", "--memory", "32m", "--memory-swap", "32m", bundle.id())
                .success();
        assertThat(memory("memory")).isEqualTo("33554432");
        assertThat(kept(bundle)).contains("\"limit\":33554432", "\"swap\":33554432");
        bundle.confine("update", "--memory", "-1", bundle.id()).success();
        assertThat(kept(bundle)).contains("\"limit\":-1");
        bundle.deleteByForce().success();
    }

    @Test
    void flags_changeWhatTheySay_andNothingElse() {
        Bundle bundle = living("flags", "{pids: {limit: 7}, cpu: {shares: 512, quota: 50000, period: 100000}}");
        String path = Cgroup.path("flags");
        bundle.confine("update", "--cpu-period", "20000", "--cpu-quota", "10000", "--cpuset-cpus", "0", bundle.id())
                .success();
        assertThat(Cgroup.read("cpu", path, "cpu.cfs_quota_us", "cpu.max")).startsWith("10000");
        assertThat(Cgroup.read("cpu", path, "cpu.shares", "cpu.weight")).isIn("512", "20");
        assertThat(Cgroup.read("cpuset", path, "cpuset.cpus", "cpuset.cpus")).isEqualTo("0");
        assertThat(Cgroup.read("pids", path, "pids.max", "pids.max")).isEqualTo("7");
        bundle.confine("update", "--pids-limit", "-1", bundle.id()).success();
        assertThat(Cgroup.read("pids", path, "pids.max", "pids.max")).isEqualTo("max");
        bundle.deleteByForce().success();
    }

    @Test
    void limits_comeFromAFile_orFromStandardInput() {
        Bundle bundle = living("file", "{pids: {limit: 7}}");
        String path = Cgroup.path("file");
        Path file = bundle.directory().resolve("limits.json");
        Scratch.write(file, "{\"pids\": {\"limit\": 8}}");
        bundle.confine("update", "--resources=" + file, bundle.id()).success();
        assertThat(Cgroup.read("pids", path, "pids.max", "pids.max")).isEqualTo("8");
        Confine piped = Confine.as(As.ROOT).before("sh", "-c", "echo '{\"pids\": {\"limit\": 9}}' | \"$@\"", "sh");
        bundle.confine(piped, "update", "--resources", "-", bundle.id()).success();
        assertThat(Cgroup.read("pids", path, "pids.max", "pids.max")).isEqualTo("9");
        bundle.deleteByForce().success();
    }

    @Test
    void whatCannotBe_isRefused_andNamed() {
        Bundle bundle = living("refused", "{pids: {limit: 7}}");
        bundle.confine("update", bundle.id()).refusal("nothing to change");
        bundle.confine("update", "--pids-limit", "-5", bundle.id()).refusal("/linux/resources/pids/limit");
        bundle.confine("update", "--memory", "much", bundle.id()).refusal("--memory much", "512m");
        bundle.confine("update", "--memory", "64m", "--cpu-quota", "1", bundle.id())
                .refusal("/linux/resources/cpu/quota", "EINVAL", "what has changed before", "memory");
        bundle.confine("update", "--mem-bw-schema", "MB:0=20", bundle.id()).refusal("resctrl");
        assertThat(kept(bundle)).doesNotContain("67108864");
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("update", "--pids-limit", "5", bundle.id()).refusal("container not running");
        bundle.confine("delete", bundle.id()).success();
    }

    @Test
    void ordinaryUser_withoutACgroup_isToldWhy() {
        Bundle bundle = Bundle.of(As.USER).args("sleep", "100");
        bundle.run("--detach").success();
        bundle.confine("update", "--pids-limit", "5", bundle.id())
                .refusal("/linux/resources/pids/limit", "no cgroup of its own");
        bundle.deleteByForce().success();
    }
}
