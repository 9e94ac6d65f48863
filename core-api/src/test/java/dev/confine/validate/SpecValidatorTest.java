package dev.confine.validate;

import static dev.confine.spec.Specs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.confine.Quoted;
import dev.confine.spec.Box;
import dev.confine.spec.Capabilities;
import dev.confine.spec.Hook;
import dev.confine.spec.IOPriority;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Rlimit;
import dev.confine.spec.Scheduler;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import dev.confine.spec.User;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecValidatorTest {
    private static final String NAMESPACES = "linux.namespaces";

    @Test
    void configuration_thatIsGood_hasNoViolations() {
        assertThat(SpecValidator.validate(Specs.GOOD)).isEmpty();
        assertThat(SpecValidator.warnings(Specs.GOOD)).isEmpty();
    }

    @Test
    void violations_ofSeveralSections_areAllFound() {
        Spec spec = with(with(with("process.cwd", "tmp"), "root", null), "linux.maskedPaths", List.of("proc/kcore"));
        assertThat(SpecValidator.validate(spec))
                .extracting(Violation::pointer)
                .containsExactly("/root", "/process/cwd", "/linux/maskedPaths/0");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource({"top", "mounts", "process", "maps"})
    void value_thatIsWrong_isNamedWithPointerAndCure(
            String path, @Nullable Object value, String pointer, String message) {
        assertThat(SpecValidator.validate(with(path, value))).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.message()).contains(message).doesNotContain("\n");
        });
    }

    static Stream<Arguments> top() {
        return Stream.of(
                arguments("ociVersion", "", "/ociVersion", "write \"1.3.0\""),
                arguments("ociVersion", "0.5.0-dev", "/ociVersion", "\"0.5.0-dev\" is not a version"),
                arguments("ociVersion", "2.0.0", "/ociVersion", "not a version"),
                arguments("ociVersion", "1.x.0", "/ociVersion", "not a version"),
                arguments("ociVersion", "1..0", "/ociVersion", "not a version"),
                arguments("ociVersion", "1.0.", "/ociVersion", "not a version"),
                arguments("root", null, "/root", "is missing"),
                arguments("root.path", "", "/root/path", "is empty"),
                arguments("hostname", "h".repeat(65), "/hostname", "65 bytes"),
                arguments("annotations", Map.of("", "x"), "/annotations/", "needs a key"),
                arguments(
                        "hooks.poststop",
                        List.of(hook("bin/x")),
                        "/hooks/poststop/0/path",
                        "absolute path, not \"bin/x\""),
                arguments(
                        "hooks.prestart",
                        List.of(new Hook("/x", List.of(), List.of("NOVALUE"), null)),
                        "/hooks/prestart/0/env/0",
                        "NAME=value"));
    }

    static Stream<Arguments> mounts() {
        IdMapping line = new IdMapping(0, 5, 1);
        return Stream.of(
                arguments(
                        "mounts",
                        mount("/x", "", "src"),
                        "/mounts/0",
                        "neither a file system type nor the option bind"),
                arguments("mounts", mount("/x", "none", "src"), "/mounts/0", "neither a file system type"),
                arguments("mounts", mount("/x", "", "", "bind"), "/mounts/0", "without a source"),
                arguments("mounts", mount("", "tmpfs", ""), "/mounts/0/destination", "is empty"),
                arguments("mounts", mount("/proc/sys", "tmpfs", ""), "/mounts/0/destination", "inside /proc"),
                arguments(
                        "mounts",
                        mount("x/..//./proc/self/attr", "tmpfs", ""),
                        "/mounts/0/destination",
                        "inside /proc"),
                arguments("mounts", mount("/proc", "tmpfs", ""), "/mounts/0/type", "must be proc at /proc"),
                arguments(
                        "mounts",
                        List.of(new Mount("/x", "", "/y", List.of("bind"), List.of(line), List.of())),
                        "/mounts/0/gidMappings",
                        "is missing"),
                arguments(
                        "mounts",
                        List.of(new Mount(
                                "/x", "", "/y", List.of("bind"), List.of(line), List.of(line, new IdMapping(1, 5, 1)))),
                        "/mounts/0/gidMappings",
                        "have id 5 outside"));
    }

    static Stream<Arguments> process() {
        Rlimit core = new Rlimit(Rlimit.Type.RLIMIT_CORE, 0, Rlimit.INFINITY);
        return Stream.of(
                arguments("process.args", List.of(), "/process/args", "name the program"),
                arguments("process.args", List.of(""), "/process/args/0", "is empty"),
                arguments("process.cwd", "", "/process/cwd", "absolute path, not \"\""),
                arguments("process.cwd", "tmp", "/process/cwd", "absolute path, not \"tmp\""),
                arguments("process.env", List.of("A=1", "B"), "/process/env/1", "must be NAME=value, not \"B\""),
                arguments("process.env", List.of("=x"), "/process/env/0", "NAME=value"),
                arguments("process.oomScoreAdj", 1001, "/process/oomScoreAdj", "from -1000 to 1000"),
                arguments("process.consoleSize", new Box(24, -1), "/process/consoleSize/width", "18446744073709551615"),
                arguments("process.rlimits", List.of(core, core), "/process/rlimits/1/type", "as /process/rlimits/0"),
                arguments(
                        "process.rlimits",
                        List.of(new Rlimit(Rlimit.Type.RLIMIT_NOFILE, -1, 1024)),
                        "/process/rlimits/0/soft",
                        "18446744073709551615 is above the hard limit, 1024"),
                arguments(
                        "process.capabilities", bounding("KILL"), "/process/capabilities/bounding/0", "write CAP_KILL"),
                arguments(
                        "process.capabilities",
                        bounding("cap_kill"),
                        "/process/capabilities/bounding/0",
                        "write CAP_KILL"),
                arguments("process.capabilities", bounding("CAP_"), "/process/capabilities/bounding/0", "is no name"),
                arguments("process.user", new User(70_000, 0), "/process/user/uid", "\"0 100000 65536\""),
                arguments("process.user", new User(0, 70_000), "/process/user/gid", "gid 70000 is not mapped"),
                arguments("process.user", new User(0xffff_ffffL, 0), "/process/user/uid", "is no id"),
                arguments(
                        "process.user",
                        new User(0, 0, null, List.of(1L, 65_536L)),
                        "/process/user/additionalGids/1",
                        "gid 65536 is not mapped"),
                arguments("process.scheduler", scheduler("SCHED_OTHER", 20, 0, 0), "/process/scheduler/nice", "-20"),
                arguments(
                        "process.scheduler", scheduler("SCHED_OTHER", 0, 1, 0), "/process/scheduler/priority", "only"),
                arguments(
                        "process.scheduler",
                        scheduler("SCHED_FIFO", 0, 0, 0),
                        "/process/scheduler/priority",
                        "1 to 99"),
                arguments("process.scheduler", scheduler("SCHED_FIFO", 0, 1, 5), "/process/scheduler/runtime", "only"),
                arguments(
                        "process.scheduler",
                        scheduler("SCHED_DEADLINE", 0, 0, 0),
                        "/process/scheduler/runtime",
                        "required"),
                arguments(
                        "process.ioPriority",
                        new IOPriority(IOPriority.IOClass.IOPRIO_CLASS_BE, 8),
                        "/process/ioPriority/priority",
                        "0 (highest) to 7"),
                arguments("process.execCPUAffinity.afterwards", "3-1", "/process/execCPUAffinity/final", "\"0-3,7\""));
    }

    static Stream<Arguments> maps() {
        String uids = "linux.uidMappings";
        IdMapping first = new IdMapping(0, 1000, 32_000);
        return Stream.of(
                arguments(
                        "linux.gidMappings", List.of(), "/linux/gidMappings", "is missing, while uidMappings is there"),
                arguments(uids, List.of(first, new IdMapping(31_999, 50_000, 10)), "/linux/uidMappings", "overlap"),
                arguments(
                        uids,
                        List.of(first, new IdMapping(40_000, 32_999, 10)),
                        "/linux/uidMappings",
                        "\"0 1000 32000\" and \"40000 32999 10\" overlap"),
                arguments(uids, List.of(first, new IdMapping(5, 5, 0)), "/linux/uidMappings/1", "\"5 5 0\""),
                arguments(
                        uids,
                        List.of(first, new IdMapping(100_000, 4_294_967_290L, 6)),
                        "/linux/uidMappings/1",
                        "beyond the ids"),
                arguments(uids, Collections.nCopies(341, first), "/linux/uidMappings", "341 lines"));
    }

    @Test
    void userNamespace_withoutMaps_saysWhyAndTheCures() {
        Spec spec = Specs.GOOD.withLinux(Specs.GOOD.linux().withMappings(List.of(), List.of()));
        assertThat(SpecValidator.validate(spec)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/linux/namespaces/5");
            assertThat(violation.message()).contains("no id in it would exist outside", "uidMappings", "--map auto");
        });
    }

    @Test
    void userNamespace_joinedByPath_needsNoMaps() {
        List<Namespace> joined = new java.util.ArrayList<>(without(NamespaceType.USER));
        joined.add(new Namespace(NamespaceType.USER, "/proc/1/ns/user"));
        Linux linux = Specs.GOOD.linux().withNamespaces(joined).withMappings(List.of(), List.of());
        assertThat(SpecValidator.validate(Specs.GOOD.withLinux(linux))).isEmpty();
    }

    @Test
    void maps_withoutUserNamespace_sayWhyAndTheCures() {
        assertThat(SpecValidator.validate(with(NAMESPACES, without(NamespaceType.USER))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo("/linux/uidMappings");
                    assertThat(violation.message())
                            .contains("makes no sense", "{\"type\": \"user\"}", "or remove uidMappings");
                });
    }

    @Test
    void mountNamespace_missing_isRefusedWhereNothingCouldBeMounted() {
        Spec spec = with(NAMESPACES, without(NamespaceType.MOUNT));
        assertThat(SpecValidator.validate(spec)).extracting(Violation::pointer).containsExactly("/linux/namespaces");
        Spec changed = with(
                with(NAMESPACES, List.of(new Namespace(NamespaceType.UTS))),
                "mounts",
                mount("/x", "", "", "remount", "ro"));
        assertThat(SpecValidator.validate(changed))
                .extracting(Violation::pointer)
                .contains("/mounts/0/options")
                .doesNotContain("/linux/namespaces");
    }

    @Test
    void idmapOption_withoutAnyMap_isRefused() {
        Spec spec =
                with(with(NAMESPACES, without(NamespaceType.USER)), "mounts", mount("/x", "", "/y", "bind", "ridmap"));
        assertThat(SpecValidator.validate(spec)).extracting(Violation::pointer).contains("/mounts/0/options");
        assertThat(SpecValidator.validate(with("mounts", mount("/x", "", "/y", "bind", "idmap"))))
                .isEmpty();
    }

    @Test
    void capability_thatCannotBeGranted_isAWarning() {
        List<String> kill = List.of("CAP_KILL", "CAP_FOWNER");
        Capabilities sets = new Capabilities(List.of("CAP_CHOWN"), List.of("CAP_FUTURE"), List.of(), kill, kill);
        Spec spec = with("process.capabilities", sets);
        assertThat(SpecValidator.validate(spec)).isEmpty();
        assertThat(SpecValidator.warnings(spec))
                .extracting(Violation::toString)
                .containsExactly(
                        "/process/capabilities/bounding/0: \"CAP_FUTURE\" is not a capability of this kernel and is left out",
                        "/process/capabilities/effective: not granted, because it is not in permitted: CAP_CHOWN",
                        "/process/capabilities/ambient: not granted, because it is not in inheritable: CAP_KILL, CAP_FOWNER");
    }

    @Test
    void text_withControlCharacters_isShownHarmlessAndShort() {
        assertThat(Quoted.text("a\u001b[31m\n\u202e\ud800é" + "x".repeat(100)))
                .isEqualTo("\"a?[31m???é" + "x".repeat(54) + "…\"");
    }

    private static List<Mount> mount(String destination, String type, String source, String... options) {
        return List.of(new Mount(destination, type, source, List.of(options)));
    }

    private static Hook hook(String path) {
        return new Hook(path, List.of(), List.of(), null);
    }

    private static Capabilities bounding(String name) {
        return new Capabilities(List.of(), List.of(name), List.of(), List.of(), List.of());
    }

    private static Scheduler scheduler(String policy, int nice, int priority, long runtime) {
        return new Scheduler(Scheduler.Policy.valueOf(policy), nice, priority, List.of(), runtime, 0, 0);
    }

    private static List<Namespace> without(NamespaceType type) {
        return Specs.GOOD.linux().namespaces().stream()
                .filter(namespace -> namespace.type() != type)
                .toList();
    }
}
