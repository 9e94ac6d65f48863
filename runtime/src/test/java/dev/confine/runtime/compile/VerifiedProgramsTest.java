package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Program;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.cgroup.Group;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.Visible;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Hooks;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.CriuOptions;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compiler makes keeps the verifier's invariants, whatever is asked for. */
class VerifiedProgramsTest {
    private static void assertVerified(Program program) {
        assertThat(Verifier.check(program)).isEmpty();
    }

    private static void assertVerified(Blueprint blueprint) {
        Compiled compiled = blueprint.mode().adds() ? ExecCompiler.compile(blueprint, 42) : Compiler.compile(blueprint);
        assertVerified(compiled.program());
        if (!blueprint.mode().adds()) {
            MouldTest.assertCast(blueprint);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_default_container_of_root(Mode mode) {
        assertVerified(Blueprints.rootful(mode));
    }

    @ParameterizedTest
    @EnumSource
    void the_default_container_of_an_ordinary_user(Mode mode) {
        assertVerified(Blueprints.rootless(mode));
    }

    @ParameterizedTest
    @EnumSource
    void root_without_a_mount_namespace(Mode mode) {
        Spec spec = DefaultSpec.rootful();
        List<Mount> mounts = new ArrayList<>(spec.mounts());
        mounts.add(new Mount("/a", "bind", "/src", List.of("rbind", "rslave")));
        mounts.add(new Mount("/", "tmpfs", "tmpfs", List.of("size=1m")));
        assertVerified(Blueprints.of(
                Blueprints.ROOT, spec.withMounts(mounts).withLinux(spec.linux().withNamespaces(List.of())), mode));
    }

    @ParameterizedTest
    @EnumSource
    void a_terminal(Mode mode) {
        for (String socket : new String[] {null, "/run/console", "/" + "d".repeat(200) + "/console"}) {
            assertVerified(Blueprints.withTerminal(Blueprints.ROOT, mode, socket));
            assertVerified(Blueprints.withTerminal(Blueprints.ANA, mode, socket));
        }
    }

    @Test
    void root_with_a_user_namespace_and_every_kind_of_mount() {
        Spec spec = DefaultSpec.rootless(Blueprints.MAPS);
        List<Mount> mounts = new ArrayList<>(spec.mounts());
        List<IdMapping> own = List.of(new IdMapping(0, 1000, 10));
        mounts.add(new Mount("/", "tmpfs", "tmpfs", List.of("size=1m")));
        mounts.add(new Mount("/a", "bind", "/src", List.of("rbind", "rro", "rslave", "ridmap")));
        mounts.add(new Mount("/b", "bind", "/src", List.of("bind"), own, own));
        mounts.add(new Mount("/a", "", "", List.of("remount", "noexec", "size=2m")));
        CreateRequest request = new CreateRequest(
                ContainerId.parse("c1"),
                "/bundle",
                spec.withMounts(mounts),
                new byte[0],
                null,
                null,
                "/pidfd.sock",
                2,
                true,
                false,
                false);

        assertVerified(new Blueprint(request, Blueprints.ROOT, "/run/confine/c1", Mode.CREATE, Blueprints.MAPS));
    }

    @ParameterizedTest
    @EnumSource
    void filtered_with_privileges_to_gain_and_without(Mode mode) {
        assertVerified(Blueprints.filtered(Blueprints.rootful(mode), true));
        assertVerified(Blueprints.filtered(Blueprints.rootful(mode), false));
        assertVerified(Blueprints.filtered(Blueprints.rootless(mode), false));
    }

    @ParameterizedTest
    @EnumSource
    void filtered_with_a_listener(Mode mode) {
        assertVerified(Blueprints.filtered(Blueprints.rootful(mode), Blueprints.NOTIFYING, true));
        assertVerified(Blueprints.filtered(Blueprints.rootless(mode), Blueprints.NOTIFYING, false));
    }

    @Test
    void start_with_a_listener() {
        Spec spec = Blueprints.filtered(Blueprints.rootful(Mode.CREATE), Blueprints.NOTIFYING, true)
                .spec();

        assertVerified(SmallPrograms.start("/run/confine/c1", HooksTest.STATE, Hooks.NONE, spec)
                .program());
    }

    @Test
    void joined_namespaces_go_through_a_stage() {
        Spec spec = DefaultSpec.rootful();
        List<Namespace> namespaces = List.of(
                new Namespace(NamespaceType.USER, "/proc/1/ns/user"),
                new Namespace(NamespaceType.NETWORK, "/proc/1/ns/net"),
                new Namespace(NamespaceType.MOUNT),
                new Namespace(NamespaceType.PID));
        Spec joined = spec.withLinux(spec.linux().withNamespaces(namespaces));

        assertVerified(Blueprints.of(Blueprints.ROOT, joined, Mode.RUN));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXEC", "EXEC_DETACHED"})
    void a_process_with_everything_added_to_a_container(Mode mode) {
        Spec spec = DefaultSpec.rootless(Blueprints.MAPS);
        Process process = Objects.requireNonNull(spec.process()).withUser(new User(1000, 1000, 027, List.of(5L)));

        assertVerified(Blueprints.of(Blueprints.ROOT, spec.withProcess(process), mode));
        assertVerified(Blueprints.of(Blueprints.ANA, spec.withProcess(process), mode));
    }

    private static Plan scoped(Plan plan) {
        return new Plan(
                plan.pointer(),
                plan.parents(),
                plan.groups(),
                plan.writes(),
                plan.deviceProgram(),
                plan.last(),
                List.of(new Visible("", "/cg/x", List.of())),
                "c.scope",
                List.of("cgroup.procs"));
    }

    private static Plan cgroups(String... hierarchies) {
        List<Group> groups = new ArrayList<>();
        for (String hierarchy : hierarchies) {
            groups.add(new Group(hierarchy, "/cg/" + hierarchy + "/a/b", true));
        }
        Write older = new Write("/cg/a/b/y", "1", "/linux/resources/blockIO/weight", false, null);
        // a program needs a cgroup of v2 to be attached to
        byte[] program = new byte[List.of(hierarchies).contains("") ? 16 : 0];
        List<Write> writes = List.of(
                Write.attempt("/cg/a/b/z", "0"),
                new Write("/cg/a/b/w", "1", "", false, null),
                new Write("/cg/a/b/w", "2", "", false, null),
                new Write("/cg/a/b/x", "1", "/linux/resources/blockIO/weight", false, older),
                Write.attempt("/cg/a/b/z", "0"));
        return new Plan("/linux/cgroupsPath", List.of("/cg/a"), groups, writes, program, writes, List.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"RUN", "CREATE"})
    void mounts_of_cgroups(Mode mode) {
        List<Visible> v1 = List.of(
                new Visible("memory", "/cg/memory/x", List.of()),
                new Visible("cpu,cpuacct", "/cg/cpu,cpuacct/x", List.of("cpu", "cpuacct")));
        List<Visible> v2 = List.of(new Visible("", "/cg/x", List.of()));
        for (Blueprint plain : List.of(Blueprints.rootful(mode), Blueprints.rootless(mode))) {
            List<Mount> mounts = new ArrayList<>(plain.spec().mounts());
            mounts.add(new Mount("/sys/fs/cgroup", "cgroup", "cgroup", List.of("ro", "nosuid", "rprivate")));
            mounts.add(new Mount("/cgroups", "cgroup2", "cgroup", List.of()));
            for (List<Visible> visible : List.of(v1, v2)) {
                Plan plan = new Plan("", List.of(), List.of(), List.of(), new byte[0], List.of(), visible);
                assertVerified(Blueprints.of(plain.caller(), plain.spec().withMounts(mounts), mode)
                        .with(plan));
                assertVerified(Blueprints.of(plain.caller(), plain.spec().withMounts(mounts), mode)
                        .with(scoped(plan)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void cgroups_of_every_version(Mode mode) {
        for (Plan plan : List.of(
                cgroups(""),
                cgroups("cpu", ""),
                cgroups("cpu", "freezer"),
                cgroups("memory"),
                scoped(cgroups("")),
                scoped(cgroups("cpu", "name=systemd")))) {
            for (Blueprint plain : List.of(Blueprints.rootful(mode), Blueprints.rootless(mode))) {
                Linux linux = plain.spec().linux();
                List<Namespace> namespaces = new ArrayList<>(linux.namespaces());
                namespaces.add(new Namespace(NamespaceType.CGROUP));
                assertVerified(
                        Blueprints.of(plain.caller(), plain.spec().withLinux(linux.withNamespaces(namespaces)), mode)
                                .with(plan));
                namespaces.set(0, new Namespace(NamespaceType.PID, "/proc/1/ns/pid"));
                assertVerified(
                        Blueprints.of(plain.caller(), plain.spec().withLinux(linux.withNamespaces(namespaces)), mode)
                                .with(plan));
            }
        }
    }

    @Test
    void mounts_that_change_in_a_container_that_exists() {
        Spec spec = DefaultSpec.rootless(Blueprints.MAPS);
        List<IdMapping> own = List.of(new IdMapping(0, 1000, 10));
        List<Mount> mounts = List.of(
                new Mount("/a", "bind", "/src", List.of("rbind", "rro", "idmap")),
                new Mount("/b", "bind", "/src", List.of("bind"), own, own),
                new Mount("/c", "tmpfs", "tmpfs", List.of("size=1m")));
        List<String> destinations = List.of("/a", "/b/c");

        for (Caller caller : List.of(Blueprints.ROOT, Blueprints.ANA)) {
            Blueprint blueprint = Blueprints.of(caller, spec.withMounts(mounts), Mode.VISIT);
            assertVerified(MountCompiler.add(blueprint, 42).program());
            assertVerified(MountCompiler.remove(blueprint, 42, destinations).program());
        }
    }

    @Test
    void programs_that_look_into_user_namespaces() {
        List<NamespaceType> users = List.of(NamespaceType.USER);
        List<NamespaceType> both = List.of(NamespaceType.USER, NamespaceType.MOUNT);
        for (Caller caller : List.of(Blueprints.ROOT, Blueprints.ANA)) {
            assertVerified(LookCompiler.inside(looking(caller, both), 42).program());
            assertVerified(LookCompiler.beneath(looking(caller, users), "/bundle/rootfs")
                    .program());
        }
    }

    private static Blueprint looking(Caller caller, List<NamespaceType> types) {
        List<Namespace> namespaces = types.stream().map(Namespace::new).toList();
        Spec spec = DefaultSpec.rootless(Blueprints.MAPS);
        return Blueprints.of(caller, spec.withLinux(spec.linux().withNamespaces(namespaces)), Mode.VISIT);
    }

    @Test
    void programs_for_a_container_that_exists() {
        assertVerified(CgroupPrograms.remove(List.of("/cg/cpu/a/b"), List.of("/cg/cpu/a"))
                .program());
        assertVerified(
                CgroupPrograms.write(List.of(Write.attempt("/cg/x", "1"))).program());
        assertVerified(CgroupPrograms.signal(List.of(4L, 5L), 9).program());
        assertVerified(SmallPrograms.start("/run/confine/c1", HooksTest.STATE, Hooks.NONE)
                .program());
        assertVerified(SmallPrograms.start("/" + "d".repeat(200), HooksTest.STATE, Hooks.NONE)
                .program());
        assertVerified(SmallPrograms.signal(42, 15).program());
        assertVerified(SmallPrograms.end(42, 10, List.of()).program());
        assertVerified(SmallPrograms.end(42, 10, List.of(Write.attempt("/cg/freezer.state", "THAWED")))
                .program());
        assertVerified(
                CriuCompiler.compile("/usr/sbin/criu", "/images", null, -1).program());
        assertVerified(
                CriuCompiler.compile("/usr/sbin/criu", "/images", "/work", 7).program());
        assertVerified(SmallPrograms.read("/var/cache/confine", "a", 0).program());
        HostProgram engine =
                new HostProgram("/usr/lib/confine", List.of("/usr/bin/java", "Main"), List.of("LC_CTYPE=C"));
        assertVerified(engine.inPlace(0).program());
        assertVerified(engine.inPlace(1).program());
        assertVerified(engine.apart().program());
        assertVerified(ObservationCompiler.compile(42, 5_000_000_000L, "/cg/memory/x", null)
                .program());
        assertVerified(ObservationCompiler.compile(42, 1, null, "/cg/x").program());
        assertVerified(ObservationCompiler.compile(42, 1, null, null).program());
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"RUN", "RUN_DETACHED"})
    void restore_isVerified(Mode mode) {
        CriuOptions options = new CriuOptions(
                "/images", "/work", null, false, false, false, false, false, false, false, CriuOptions.Cgroups.SOFT);
        for (Blueprint blueprint : List.of(
                Blueprints.rootful(mode),
                Blueprints.withTerminal(Blueprints.ROOT, mode, mode == Mode.RUN ? null : "/s"))) {
            assertVerified(RestoreCompiler.compile(
                            blueprint, "/usr/sbin/criu", options, List.of("/run/netns/x"), List.of("/dev/null"))
                    .program());
        }
    }
}
