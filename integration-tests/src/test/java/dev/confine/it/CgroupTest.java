package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code linux.cgroupsPath}: where a container is, whose cgroups they are, and that they go with it. */
@Containers
final class CgroupTest {
    // ---- who

    @Test
    void killAll_reachesWhatItsFirstProcessLeftBehind() {
        Bundle bundle = Cgroup.bundle("left").withoutNamespace("pid").script("sleep 1000 & exit 0");
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

    // ---- where

    @Test
    void container_isInTheCgroupOfItsPath_inEveryHierarchy() {
        Bundle bundle = Cgroup.bundle("deep/er").args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":" + Cgroup.path("deep/er")));
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void container_withoutAPath_isInOneOfItsOwn() {
        Bundle bundle = Bundle.of(As.ROOT).args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith("-" + bundle.id()));
    }

    @Test
    void cgroupNamespace_beginsInTheContainersCgroup() {
        Bundle bundle = Cgroup.bundle("root")
                .add("/linux/namespaces", "{type: 'cgroup'}")
                .args("cat", "/proc/self/cgroup");
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
        bundle.userNamespace("0:500000:1000");
        Command.run("chown", "-R", "500000:500000", bundle.rootfs().toString()).success();
        assertThat(bundle.output().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
    }

    @Test
    void cgroupNamespace_beginsThereToo_whenOtherNamespacesAreJoined() {
        Bundle bundle = Cgroup.bundle("joined")
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
        Cgroup.bundle("x").set("/linux/cgroupsPath", "'/a/../../b'").run().refusal("/linux/cgroupsPath", "..");
        Cgroup.bundle("x").set("/linux/cgroupsPath", "'/'").run().refusal("/linux/cgroupsPath");
    }

    @Test
    void cgroupThatIsThere_isUsed_andStays() {
        for (Path mount : Cgroup.mounts()) {
            Cgroup.make(Path.of(mount + Cgroup.path("there")));
        }
        try {
            assertThat(Cgroup.bundle("there").args("cat", "/proc/self/cgroup").output())
                    .contains(Cgroup.path("there"));
            assertThat(Cgroup.at(Cgroup.path("there"))).hasSameSizeAs(Cgroup.mounts());
        } finally {
            Cgroup.at(Cgroup.path("")).forEach(Cgroup::remove);
        }
    }

    @Test
    void cgroupThatIsNotEmpty_isRefused() {
        Bundle first = Cgroup.bundle("taken").args("sleep", "100");
        first.run("--detach").success();
        Cgroup.bundle("taken").run().refusal("/linux/cgroupsPath", "not empty", Cgroup.path("taken"));
        assertThat(first.status()).isEqualTo("running");
        first.deleteByForce().success();
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void frozenCgroup_isRefused() {
        Path frozen = Cgroup.make(Path.of(Cgroup.mount("freezer") + Cgroup.path("frozen")));
        Scratch.write(frozen.resolve("freezer.state"), "FROZEN");
        try {
            Cgroup.bundle("frozen").run().refusal("/linux/cgroupsPath", "frozen");
            Cgroup.bundle("frozen/below").run().refusal("/linux/cgroupsPath", "frozen");
        } finally {
            Cgroup.at(Cgroup.path("")).forEach(Cgroup::remove);
        }
    }

    // ---- the end

    @Test
    void failedCreate_leavesNoCgroup() {
        Cgroup.bundle("failed").args("nosuchprogram").create().refusal("executable file not found in $PATH");
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void processesThatAreLeft_areKilled_alsoWithoutAPidNamespace() {
        Bundle bundle =
                Cgroup.bundle("left").withoutNamespace("pid").script("setsid sleep 100 & setsid sleep 101 & echo done");
        assertThat(bundle.output()).isEqualTo("done");
        Cgroup.assertGone(Cgroup.path(""));

        bundle.run("--detach").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void cgroups_ofAContainerThatIsHalfMade_goToo() {
        Bundle bundle = Cgroup.bundle("half").args("sleep", "100");
        bundle.create().success();
        Path state = bundle.stateDirectory().resolve(bundle.id());
        String noted = Scratch.read(state.resolve("cgroups"));
        bundle.deleteByForce().success();
        assertThat(noted.lines()).hasSizeGreaterThan(Cgroup.mounts().size());

        // as a runtime leaves it that is killed before there is a state
        Scratch.write(Cgroup.make(state).resolve("cgroups"), noted);
        noted.lines().forEach(directory -> Cgroup.make(Path.of(directory)));
        bundle.deleteByForce().success();
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void cgroupsBelow_goWithTheContainer() {
        Bundle bundle = Cgroup.bundle("above").args("sleep", "100");
        bundle.create().success();
        for (Path cgroup : Cgroup.at(Cgroup.path("above"))) {
            Cgroup.make(cgroup.resolve("of/its/own"));
        }
        bundle.deleteByForce().success();
        Cgroup.assertGone(Cgroup.path(""));
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
        Path delegated = Cgroup.make(Path.of(Cgroup.mount("pids") + Cgroup.path("delegated")));
        Path caller = Cgroup.make(delegated.resolve("caller"));
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
        Path own = Cgroup.make(Path.of(Cgroup.mount("pids") + Cgroup.path("delegated")));
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
        Bundle bundle = Cgroup.bundle("kept").args("sleep", "100");
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
        Bundle bundle = Cgroup.bundle("exec");
        ExecTest.running(bundle);
        assertThat(ExecTest.exec(bundle, bundle.id(), "cat", "/proc/self/cgroup")
                        .output()
                        .lines())
                .isNotEmpty()
                .allMatch(line -> line.endsWith(":" + Cgroup.path("exec")));
        ExecTest.refused(ExecTest.exec(bundle, "--cgroup", "sub", bundle.id(), "true"), "exec/sub", "ENOENT");
        Cgroup.at(Cgroup.path("exec")).forEach(directory -> Cgroup.make(directory.resolve("sub")));
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
        Cgroup.assertGone(Cgroup.path(""));
    }
}
