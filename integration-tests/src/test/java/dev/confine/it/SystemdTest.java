package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code --systemd-cgroup}: a scope of the system's manager for root, of an ordinary user's own for that. */
@Containers
@Requires("systemd")
final class SystemdTest {
    private static Bundle at(As as, String path) {
        return Bundle.of(as).set("/linux/cgroupsPath", "'" + path + "'");
    }

    private static Result confine(Bundle bundle, String verb, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--systemd-cgroup"));
        words.addAll(List.of(bundle.words(verb, arguments)));
        return Confine.as(bundle.as()).run(words.toArray(String[]::new));
    }

    private static Result run(Bundle bundle, String... flags) {
        bundle.write();
        List<String> words =
                new ArrayList<>(List.of("--bundle", bundle.directory().toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return confine(bundle, "run", words.toArray(String[]::new));
    }

    @AsEach
    void container_isInAScope_thatGoesWithIt(As as) {
        String id = "scope-" + as.name().toLowerCase(Locale.ROOT);
        Bundle bundle = at(as, "confine-it.slice:pre:" + id).args("cat", "/proc/self/cgroup");
        assertThat(run(bundle).output())
                .isEqualTo("0::" + Systemctl.cgroup(as) + "/confine.slice/confine-it.slice/pre-" + id + ".scope");
        Systemctl.gone(as, "pre-" + id + ".scope");
    }

    @AsEach
    void container_withoutAPath_isInAScopeOfItsOwn(As as) {
        Bundle bundle = Bundle.of(as).args("cat", "/proc/self/cgroup");
        String slice = as == As.ROOT ? "/system.slice" : "/user.slice";
        assertThat(run(bundle).output())
                .startsWith("0::" + Systemctl.cgroup(as) + slice + "/confine-")
                .endsWith("-" + bundle.id() + ".scope");
    }

    @Test
    void limits_areThoseOfTheCgroup_andOfTheUnit() {
        Bundle bundle = at(As.ROOT, "machine.slice:pre:limits")
                .set("/linux/resources", """
                        {memory: {limit: 67108864, reservation: 33554432, swap: 100663296},
                         cpu: {shares: 512, quota: 50000, period: 100000, cpus: '0', mems: '0'},
                         pids: {limit: 7}}""")
                .set(
                        "/annotations",
                        "{'org.systemd.property.TimeoutStopSec': '7',"
                                + " 'org.systemd.property.Description': \"'a b'\"}")
                .script("cd /sys/fs/cgroup; cat memory.max memory.low memory.swap.max cpu.weight cpu.max"
                        + " cpuset.cpus pids.max; sleep 1000")
                .add("/mounts", "{destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['ro']}");
        run(bundle, "--detach").success();
        String unit = "pre-limits.scope";
        String cgroup = "/machine.slice/" + unit;
        assertThat(Cgroup.read("memory", cgroup, "-", "memory.max")).isEqualTo("67108864");
        assertThat(Cgroup.read("memory", cgroup, "-", "memory.low")).isEqualTo("33554432");
        assertThat(Cgroup.read("cpu", cgroup, "-", "cpu.max")).isEqualTo("50000 100000");
        assertThat(Cgroup.read("cpuset", cgroup, "-", "cpuset.cpus")).isEqualTo("0");
        assertThat(Cgroup.read("pids", cgroup, "-", "pids.max")).isEqualTo("7");
        assertThat(Systemctl.property(As.ROOT, unit, "MemoryMax")).isEqualTo("67108864");
        assertThat(Systemctl.property(As.ROOT, unit, "MemoryLow")).isEqualTo("33554432");
        assertThat(Systemctl.property(As.ROOT, unit, "MemorySwapMax")).isEqualTo("33554432");
        assertThat(Systemctl.property(As.ROOT, unit, "CPUWeight")).isEqualTo("20");
        assertThat(Systemctl.property(As.ROOT, unit, "CPUQuotaPerSecUSec")).isEqualTo("500ms");
        assertThat(Systemctl.property(As.ROOT, unit, "AllowedCPUs")).isEqualTo("0");
        assertThat(Systemctl.property(As.ROOT, unit, "TasksMax")).isEqualTo("7");
        assertThat(Systemctl.property(As.ROOT, unit, "Delegate")).isEqualTo("yes");
        assertThat(Systemctl.property(As.ROOT, unit, "DevicePolicy")).isEqualTo("strict");
        assertThat(Systemctl.property(As.ROOT, unit, "TimeoutStopUSec")).isEqualTo("7s");
        assertThat(Systemctl.property(As.ROOT, unit, "Description")).isEqualTo("a b");

        confine(bundle, "update", "--pids-limit", "9", bundle.id()).success();
        Systemctl.run(As.ROOT, "daemon-reload").success();
        assertThat(Systemctl.property(As.ROOT, unit, "TasksMax")).isEqualTo("9");
        assertThat(Cgroup.read("pids", cgroup, "-", "pids.max")).isEqualTo("9");

        bundle.deleteByForce().success();
        assertThat(Cgroup.at(cgroup)).isEmpty();
        assertThat(Systemctl.property(As.ROOT, unit, "LoadState")).isEqualTo("not-found");
    }

    @AsEach
    void processThatIsAdded_isInTheScope(As as) {
        Bundle bundle =
                Bundle.of(as).set("/linux/resources", "{pids: {limit: 50}}").args("sleep", "1000");
        run(bundle, "--detach").success();
        assertThat(bundle.confine("exec", bundle.id(), "cat", "/proc/self/cgroup")
                        .output())
                .contains(Systemctl.cgroup(as))
                .endsWith("-" + bundle.id() + ".scope");
        ExecTest.refused(ExecTest.exec(bundle, "--cgroup", "none", bundle.id(), "true"), "none");
        String scope = Scratch.read(Path.of("/proc/" + bundle.pid() + "/cgroup"))
                .strip()
                .substring("0::".length());
        Command.run("mkdir", "/sys/fs/cgroup" + scope + "/below").success();
        assertThat(bundle.confine("exec", "--cgroup", "below", bundle.id(), "cat", "/proc/self/cgroup")
                        .output())
                .endsWith("-" + bundle.id() + ".scope/below");
        bundle.confine("pause", bundle.id()).success();
        assertThat(bundle.status()).isEqualTo("paused");
        bundle.confine("resume", bundle.id()).success();
        bundle.deleteByForce().success();
    }

    @AsEach
    void cgroupNamespace_beginsInTheScope_alsoWhereANamespaceIsJoined(As as) {
        Bundle bundle =
                Bundle.of(as).add("/linux/namespaces", "{type: 'cgroup'}").args("cat", "/proc/self/cgroup");
        assertThat(run(bundle).output()).isEqualTo("0::/");
        if (as == As.ROOT) {
            bundle.withoutNamespace("network").add("/linux/namespaces", "{type: 'network', path: '/proc/self/ns/net'}");
            assertThat(run(bundle).output()).isEqualTo("0::/");
        }
    }

    @Test
    void devices_thatAreNotAllowed_cannotBeOpened() {
        Bundle bundle = Bundle.of(As.ROOT)
                .script("mknod /tmp/n c 1 3 && mknod /tmp/k c 10 235; (: < /tmp/n) && echo null; (: < /tmp/k) 2>&1");
        for (String set : List.of("bounding", "effective", "permitted")) {
            bundle.add("/process/capabilities/" + set, "'CAP_MKNOD'");
        }
        assertThat(run(bundle).out()).contains("null", "not permitted");
    }

    @Test
    void failedCreate_leavesNoUnit() {
        Bundle bundle = at(As.ROOT, "machine.slice:pre:failed").args("nosuchprogram");
        run(bundle).refusal("executable file not found in $PATH");
        Systemctl.gone(As.ROOT, "pre-failed.scope");
        assertThat(run(bundle.args("true")).output()).isEmpty();
    }

    @Test
    void whatSystemdRefuses_isSaid_andNothingIsLeft() {
        Bundle bundle = at(As.ROOT, "machine.slice:pre:refused")
                .set("/annotations", "{'org.systemd.property.NoSuchThing': '7'}");
        run(bundle).refusal("systemd", "NoSuchThing");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
        run(bundle.remove("/annotations").set("/linux/cgroupsPath", "'/a/b'"))
                .refusal("/linux/cgroupsPath", "slice:prefix:name");
    }

    @Test
    void ordinaryUser_isRefusedWhatIsNotDelegated() {
        Bundle bundle = Bundle.of(As.USER).set("/linux/resources", "{hugepageLimits: [{pageSize: '2MB', limit: 0}]}");
        run(bundle).refusal("/linux/resources/hugepageLimits/0", "delegated");
    }

    @Test
    void managerThatIsNotThere_isAnErrorWithItsCure() {
        Bundle bundle = Bundle.of(As.USER).write();
        String root = bundle.stateDirectory().toString();
        Confine.as(As.USER)
                .env("XDG_RUNTIME_DIR", "/nowhere")
                .run(
                        "--root",
                        root,
                        "--systemd-cgroup",
                        "run",
                        "-b",
                        bundle.directory().toString(),
                        "c1")
                .refusal("/nowhere/bus", "loginctl enable-linger", "--cgroup-manager cgroupfs");
    }
}
