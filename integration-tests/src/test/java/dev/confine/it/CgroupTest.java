package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code linux.cgroupsPath} and {@code linux.resources}: where a container is, what limits it, and that its cgroups go with it. */
@Containers
final class CgroupTest {
    private static Bundle at(String name) {
        return Bundle.of(As.ROOT).set("/linux/cgroupsPath", "'" + Cgroup.path(name) + "'");
    }

    private static void gone(String path) {
        assertThat(Cgroup.at(path)).isEmpty();
    }

    private static Path make(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- who

    @Test
    void killAll_reachesWhatItsFirstProcessLeftBehind() {
        Bundle bundle = at("left").withoutNamespace("pid").script("sleep 1000 & exit 0");
        bundle.create().success();
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("it stops", () -> bundle.status().equals("stopped"));
        assertThat(pids("left")).isNotEmpty();
        bundle.confine("kill", "--all", bundle.id(), "TERM").success();
        Eventually.holds("all end", () -> pids("left").isEmpty());
        bundle.confine("kill", "-a", bundle.id(), "9").success();
        bundle.confine("delete", bundle.id()).success();
    }

    private static String pids(String name) {
        return Scratch.read(Cgroup.at(Cgroup.path(name)).get(0).resolve("cgroup.procs"));
    }

    // ---- mounts

    private static final String MOUNT =
            "{destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['%s', 'nosuid', 'nodev', 'noexec']}";

    @Test
    void mount_showsTheContainersOwn_andNoOther() {
        Bundle bundle =
                at("shown/here").add("/mounts", MOUNT.formatted("ro")).set("/linux/resources", "{pids: {limit: 50}}");
        String script =
                "cd /sys/fs/cgroup; cat pids/pids.max pids.max 2>&-; find . -name here; find . -name cgroup.procs | xargs grep -Lx $$;"
                        + " mkdir x pids/x 2>&-; grep ' /sys/fs/cgroup' /proc/mounts | grep -v ' ro,nosuid,nodev,noexec'";
        assertThat(bundle.script(script + "; :").output()).isEqualTo("50");
    }

    @Test
    void mount_thatMayBeWritten_takesCgroupsBelow_whichGoWithTheContainer() {
        Bundle bundle = at("written").add("/mounts", MOUNT.formatted("rw"));
        String script = "cd /sys/fs/cgroup; [ -d pids ] && cd pids; mkdir below && echo $$ >below/cgroup.procs"
                + " && grep /written/below /proc/self/cgroup >/result";
        bundle.script(script).create().success();
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("it stops", () -> bundle.status().equals("stopped"));
        assertThat(bundle.rootfs().resolve("result")).isNotEmptyFile();
        bundle.confine("delete", bundle.id()).success();
        gone(Cgroup.path(""));
    }

    @Test
    void cgroupsThatTheContainerMade_goWithIt_inTheForegroundToo() {
        Bundle bundle = at("made").add("/mounts", MOUNT.formatted("rw"));
        String script = "cd /sys/fs/cgroup; for d in $(find . -maxdepth 1 -type d); do"
                + " mkdir -p $d/a/b/c $d/a/d $d/.e/f 2>&-; done; cd pids 2>&- || :; ls -d a/b/c .e/f";
        assertThat(bundle.script(script).output()).contains("a/b/c");
        gone(Cgroup.path(""));
    }

    @Test
    void cgroupOfV2_isTheContainersUsers_whereItMayBeWritten() {
        Bundle bundle = at("owned")
                .userNamespace("0:500000:1000")
                .add("/linux/namespaces", "{type: 'cgroup'}")
                .script(
                        "cd /sys/fs/cgroup; [ -d unified ] && cd unified; stat -c '%n %u' . cgroup.procs cgroup.type; mkdir a");
        Command.run("chown", "-R", "500000:500000", bundle.rootfs().toString()).success();
        bundle.add("/mounts", MOUNT.formatted("rw"));
        assertThat(bundle.output()).startsWith(". 0\ncgroup.procs 0\ncgroup.type 65534");
        bundle.removeMount("/sys/fs/cgroup").add("/mounts", MOUNT.formatted("ro"));
        assertThat(bundle.run().out()).startsWith(". 65534\ncgroup.procs 65534");
        gone(Cgroup.path(""));
    }

    @AsEach
    void mount_inAUserNamespace_showsThemToo(As as) {
        Bundle bundle = Bundle.of(as).add("/mounts", MOUNT.formatted("ro"));
        assertThat(bundle.script("cd /sys/fs/cgroup; find . -name cgroup.procs | wc -l")
                        .output())
                .isNotEqualTo("0");
    }

    // ---- where

    @Test
    void container_isInTheCgroupOfItsPath_inEveryHierarchy() {
        Bundle bundle = at("deep/er").args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":" + Cgroup.path("deep/er")));
        gone(Cgroup.path(""));
    }

    @Test
    void container_withoutAPath_isInOneOfItsOwn() {
        Bundle bundle = Bundle.of(As.ROOT).args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith("-" + bundle.id()));
    }

    @Test
    void cgroupNamespace_beginsInTheContainersCgroup() {
        Bundle bundle = at("root").add("/linux/namespaces", "{type: 'cgroup'}").args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
        bundle.userNamespace("0:500000:1000");
        Command.run("chown", "-R", "500000:500000", bundle.rootfs().toString()).success();
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
    }

    @Test
    void cgroupNamespace_beginsThereToo_whenOtherNamespacesAreJoined() {
        Bundle bundle = at("joined")
                .withoutNamespace("network")
                .add("/linux/namespaces", "{type: 'network', path: '/proc/self/ns/net'}")
                .add("/linux/namespaces", "{type: 'cgroup'}")
                .args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
    }

    @Test
    void disabledManager_leavesTheContainerWhereItsCallerIs() {
        Bundle bundle = Bundle.of(As.ROOT).args("cat", "/proc/self/cgroup").write();
        String own = Scratch.read(Path.of("/proc/self/cgroup")).strip();
        Confine confine = Confine.as(As.ROOT);
        String root = bundle.stateDirectory().toString();
        String directory = bundle.directory().toString();
        assertThat(confine.run("--cgroup-manager", "disabled", "--root", root, "run", "-b", directory, "c1")
                        .output())
                .isEqualTo(own);
        bundle.set("/linux/resources", "{pids: {limit: 5}}").write();
        confine.run("--cgroup-manager", "disabled", "--root", root, "run", "-b", directory, "c1")
                .refusal("/linux/resources", "disabled");
        confine.run("--cgroup-manager", "magic", "--root", root, "run", "-b", directory, "c1")
                .refusal("magic", "cgroupfs");
    }

    @Test
    void path_thatLeadsElsewhere_isRefused() {
        at("x").set("/linux/cgroupsPath", "'/a/../../b'").run().refusal("/linux/cgroupsPath", "..");
        at("x").set("/linux/cgroupsPath", "'/'").run().refusal("/linux/cgroupsPath");
    }

    @Test
    void cgroupThatIsThere_isUsed_andStays() {
        for (Path mount : Cgroup.mounts()) {
            make(Path.of(mount + Cgroup.path("there")));
        }
        try {
            assertThat(at("there").args("cat", "/proc/self/cgroup").output()).contains(Cgroup.path("there"));
            assertThat(Cgroup.at(Cgroup.path("there"))).hasSameSizeAs(Cgroup.mounts());
        } finally {
            Cgroup.at(Cgroup.path("")).forEach(Cgroup::remove);
        }
    }

    @Test
    void cgroupThatIsNotEmpty_isRefused() {
        Bundle first = at("taken").args("sleep", "100");
        first.run("--detach").success();
        at("taken").run().refusal("/linux/cgroupsPath", "not empty", Cgroup.path("taken"));
        assertThat(first.status()).isEqualTo("running");
        first.deleteByForce().success();
        gone(Cgroup.path(""));
    }

    @Test
    void frozenCgroup_isRefused() {
        Path frozen = make(Path.of(Cgroup.mount("freezer") + Cgroup.path("frozen")));
        Scratch.write(frozen.resolve("freezer.state"), "FROZEN");
        try {
            at("frozen").run().refusal("/linux/cgroupsPath", "frozen");
            at("frozen/below").run().refusal("/linux/cgroupsPath", "frozen");
        } finally {
            Cgroup.at(Cgroup.path("")).forEach(Cgroup::remove);
        }
    }

    // ---- limits

    @Test
    void limits_areWrittenToItsFiles() {
        String path = Cgroup.path("limits");
        Bundle bundle = at("limits").set("/linux/resources", """
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
        gone(Cgroup.path(""));
    }

    @Test
    void limitOfTasks_limitsTasks() {
        Bundle bundle = at("few").set("/linux/resources", "{pids: {limit: 1}}").script("(true) && echo forked");
        assertThat(bundle.run().err()).contains("fork");
        bundle.set("/linux/resources", "{pids: {limit: 0}}").script("echo alone");
        assertThat(bundle.output()).isEqualTo("alone");
    }

    @Test
    void limitOfMemory_limitsMemory() {
        Bundle bundle = at("memory")
                .set("/linux/resources", "{memory: {limit: 16777216}}")
                .script("x=$(head -c 50000000 /dev/zero | tr '\\0' x); echo survived");
        assertThat(bundle.run().out()).doesNotContain("survived");
    }

    @Test
    void valueThatTheKernelRefuses_isNamedWithItsField() {
        at("refused")
                .set("/linux/resources", "{cpu: {quota: 1, period: 100000}}")
                .run()
                .refusal("/linux/resources/cpu/quota", "EINVAL");
        at("refused")
                .set("/linux/resources", "{network: {classID: 5}}")
                .run()
                .refusal("/linux/resources/network/classID", "net_cls");
        gone(Cgroup.path(""));
    }

    // ---- devices

    /** Makes nodes of a device that every container may use and of one that none may, and opens both. */
    private static Bundle nodes(String name) {
        Bundle bundle = at(name).script("mknod /tmp/n c 1 3 && mknod /tmp/fuse c 10 229;"
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
        gone(Cgroup.path(""));
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
        gone(Cgroup.path(""));
    }

    // ---- the end

    @Test
    void failedCreate_leavesNoCgroup() {
        at("failed").args("nosuchprogram").create().refusal("executable file not found in $PATH");
        gone(Cgroup.path(""));
    }

    @Test
    void processesThatAreLeft_areKilled_alsoWithoutAPidNamespace() {
        Bundle bundle = at("left").withoutNamespace("pid").script("setsid sleep 100 & setsid sleep 101 & echo done");
        assertThat(bundle.output()).isEqualTo("done");
        gone(Cgroup.path(""));

        bundle.run("--detach").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
        gone(Cgroup.path(""));
    }

    @Test
    void cgroups_ofAContainerThatIsHalfMade_goToo() {
        Bundle bundle = at("half").args("sleep", "100");
        bundle.create().success();
        Path state = bundle.stateDirectory().resolve(bundle.id());
        String noted = Scratch.read(state.resolve("cgroups"));
        bundle.deleteByForce().success();
        assertThat(noted.lines()).hasSizeGreaterThan(Cgroup.mounts().size());

        // as a runtime leaves it that is killed before there is a state
        Scratch.write(make(state).resolve("cgroups"), noted);
        noted.lines().forEach(directory -> make(Path.of(directory)));
        bundle.deleteByForce().success();
        gone(Cgroup.path(""));
    }

    @Test
    void cgroupsBelow_goWithTheContainer() {
        Bundle bundle = at("above").args("sleep", "100");
        bundle.create().success();
        for (Path cgroup : Cgroup.at(Cgroup.path("above"))) {
            make(cgroup.resolve("of/its/own"));
        }
        bundle.deleteByForce().success();
        gone(Cgroup.path(""));
    }

    // ---- an ordinary user

    @Test
    void ordinaryUser_withoutDelegation_hasNoCgroup() {
        Bundle bundle = Bundle.of(As.USER).args("cat", "/proc/self/cgroup");
        assertThat(bundle.output())
                .isEqualTo(Scratch.read(Path.of("/proc/self/cgroup")).strip());
        bundle.set("/linux/cgroupsPath", "'" + Cgroup.path("user") + "'");
        assertThat(bundle.run().success().err()).isEmpty();
    }

    @Test
    void ordinaryUser_withoutDelegation_isRefusedLimits() {
        Bundle.of(As.USER)
                .set("/linux/resources", "{pids: {limit: 5}}")
                .run()
                .refusal("/linux/resources/pids/limit", "uid " + As.USER.uid(), "delegated");
    }

    @Test
    @Requires("unified")
    void ordinaryUser_usesWhatIsDelegated_inV2_andIsRefusedWhatIsNot() {
        Bundle bundle = Bundle.of(As.USER)
                .set("/linux/resources", "{pids: {limit: 9}}")
                .script("cat /proc/self/cgroup; (true) && echo forked");
        Path delegated = make(Path.of(Cgroup.mount("pids") + Cgroup.path("delegated")));
        Path caller = make(delegated.resolve("caller"));
        Path above = Objects.requireNonNull(delegated.getParent());
        Scratch.write(above.resolve("cgroup.subtree_control"), "+pids");
        Command.run("chown", "-R", Long.toString(As.USER.uid()), delegated.toString())
                .success();
        Confine confine =
                Confine.as(As.USER).before("sh", "-c", "echo $$ > " + caller + "/cgroup.procs && exec \"$@\"", "sh");
        try {
            assertThat(bundle.run(confine).output())
                    .startsWith("0::" + Cgroup.path("delegated/confine-"))
                    .contains("-" + bundle.id())
                    .contains("forked");
            assertThat(Scratch.names(delegated)).noneMatch(name -> name.startsWith("confine"));
            bundle.set("/linux/resources", "{memory: {limit: 100000000}}")
                    .run(confine)
                    .refusal("/linux/resources/memory/limit", "not delegated");
        } finally {
            Eventually.holds("all have left", () -> Scratch.read(caller.resolve("cgroup.procs"))
                    .isEmpty());
            Cgroup.remove(above);
        }
    }

    @Test
    @Requires("v1")
    void ordinaryUser_usesWhatIsDelegated() {
        Bundle bundle = Bundle.of(As.USER)
                .set("/linux/resources", "{pids: {limit: 9}}")
                .script("cat /proc/self/cgroup; (true) && echo forked");
        Path own = make(Path.of(Cgroup.mount("pids") + Cgroup.path("delegated")));
        Command.run("chown", "-R", Long.toString(As.USER.uid()), own.toString()).success();
        Confine confine =
                Confine.as(As.USER).before("sh", "-c", "echo $$ > " + own + "/cgroup.procs && exec \"$@\"", "sh");
        try {
            assertThat(bundle.run(confine).output())
                    .contains("pids:" + Cgroup.path("delegated/"))
                    .contains("-" + bundle.id())
                    .contains("forked");
            assertThat(Scratch.names(own)).doesNotContain(bundle.id()).noneMatch(name -> name.startsWith("confine"));
        } finally {
            Eventually.holds("all have left", () -> Scratch.read(own.resolve("cgroup.procs"))
                    .isEmpty());
            Cgroup.remove(Objects.requireNonNull(own.getParent()));
        }
    }

    @Test
    void state_remembersWhereItIs() {
        Bundle bundle = at("kept").args("sleep", "100");
        bundle.create().success();
        String state = Scratch.read(bundle.stateDirectory().resolve(bundle.id()).resolve("state.json"));
        for (Path cgroup : Cgroup.at(Cgroup.path("kept"))) {
            assertThat(state).contains("\"" + cgroup + "\"");
        }
        assertThat(List.of(state)).isNotEmpty();
        bundle.deleteByForce().success();
    }

    @Test
    void processThatIsAdded_isInTheContainersCgroups_orInThoseBelow() {
        Bundle bundle = at("exec");
        ExecTest.running(bundle);
        assertThat(ExecTest.exec(bundle, bundle.id(), "cat", "/proc/self/cgroup")
                        .output()
                        .lines())
                .isNotEmpty()
                .allMatch(line -> line.endsWith(":" + Cgroup.path("exec")));
        ExecTest.refused(ExecTest.exec(bundle, "--cgroup", "sub", bundle.id(), "true"), "exec/sub", "ENOENT");
        Cgroup.at(Cgroup.path("exec")).forEach(directory -> make(directory.resolve("sub")));
        // a cpuset of v1 is empty until somebody says what is in it
        boolean v1 = Files.exists(Cgroup.mount("memory").resolve("memory.limit_in_bytes"));
        assertThat(ExecTest.exec(
                                bundle,
                                "--cgroup",
                                v1 ? "memory,pids:sub" : "sub",
                                bundle.id(),
                                "cat",
                                "/proc/self/cgroup")
                        .output()
                        .lines())
                .anyMatch(line -> line.endsWith("/exec/sub"))
                .allMatch(line -> line.contains("/exec"));
        bundle.deleteByForce().success();
        gone(Cgroup.path(""));
    }
}
