package dev.confine.validate;

import static dev.confine.spec.Specs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.confine.spec.Device;
import dev.confine.spec.DeviceCgroup;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Personality;
import dev.confine.spec.Pids;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import dev.confine.spec.Syscall;
import dev.confine.spec.TimeOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in {@code linux}, but for maps and what goes with them. */
class LinuxViolationsTest {
    private static final String NAMESPACES = "linux.namespaces";

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource({"namespaces", "linux", "resources", "seccomp"})
    void value_thatIsWrong_isNamedWithPointerAndCure(
            String path, @Nullable Object value, String pointer, String message) {
        assertThat(SpecValidator.validate(with(path, value))).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.message()).contains(message).doesNotContain("\n");
        });
    }

    static Stream<Arguments> namespaces() {
        return Stream.of(
                arguments(NAMESPACES, without(NamespaceType.UTS), "/hostname", "add {\"type\": \"uts\"}"),
                arguments(
                        NAMESPACES,
                        plus(new Namespace(NamespaceType.PID)),
                        "/linux/namespaces/6",
                        "\"pid\" is there already, as /linux/namespaces/0"),
                arguments(
                        NAMESPACES,
                        plus(new Namespace(NamespaceType.TIME, "ns/time")),
                        "/linux/namespaces/6/path",
                        "absolute path, not \"ns/time\""),
                arguments("linux.timeOffsets", offset("boottime", 0), "/linux/timeOffsets", "{\"type\": \"time\"}"),
                arguments("linux.netDevices", Map.of("a b", new NetDevice("x")), "/linux/netDevices/a b", "no name"),
                arguments("linux.netDevices", Map.of("a", new NetDevice("x/y")), "/linux/netDevices/a/name", "no name"),
                arguments(
                        "linux.netDevices", Map.of("a", new NetDevice("x%d%d")), "/linux/netDevices/a/name", "one %d"),
                arguments("linux.netDevices", Map.of("a", new NetDevice("x%s")), "/linux/netDevices/a/name", "one %d"),
                arguments("linux.sysctl", Map.of("kernel.panic", "1"), "/linux/sysctl/kernel.panic", "whole host"),
                arguments("linux.sysctl", Map.of("kernel.hostname", "x"), "/linux/sysctl/kernel.hostname", "/hostname"),
                arguments(
                        "linux.sysctl", Map.of("net/../kernel/x", "1"), "/linux/sysctl/net~1..~1kernel~1x", "no name"),
                arguments("linux.sysctl", Map.of("net..x", "1"), "/linux/sysctl/net..x", "no name"),
                arguments("linux.sysctl", Map.of("", "1"), "/linux/sysctl/", "no name"));
    }

    static Stream<Arguments> linux() {
        Device device = new Device("c", "/dev/x", 1L, 3L, null, null, null);
        return Stream.of(
                arguments("linux.maskedPaths", List.of("/a", "b"), "/linux/maskedPaths/1", "absolute"),
                arguments("linux.readonlyPaths", List.of(""), "/linux/readonlyPaths/0", "absolute"),
                arguments("linux.devices", List.of(with(device, "path", "x")), "/linux/devices/0/path", "absolute"),
                arguments("linux.devices", List.of(device, device), "/linux/devices/1/path", "already"),
                arguments("linux.devices", List.of(with(device, "type", "q")), "/linux/devices/0/type", "not \"q\""),
                arguments("linux.devices", List.of(with(device, "major", null)), "/linux/devices/0/major", "missing"),
                arguments("linux.devices", List.of(with(device, "minor", -1L)), "/linux/devices/0/minor", "negative"),
                arguments(
                        "linux.devices",
                        List.of(with(device, "fileMode", 25014)),
                        "/linux/devices/0/fileMode",
                        "decimal"),
                arguments(
                        "linux.personality",
                        new Personality(Personality.Domain.LINUX, List.of("X")),
                        "/linux/personality/flags",
                        "empty"),
                arguments("linux.mountLabel", "x".repeat(256), "/linux/mountLabel", "255"),
                arguments("linux.mountLabel", "x\n", "/linux/mountLabel", "one line"),
                arguments("process.selinuxLabel", "\n", "/process/selinuxLabel", "one line"),
                arguments("process.apparmorProfile", "a\nb", "/process/apparmorProfile", "one line"),
                arguments("linux.intelRdt", rdt("../x", ""), "/linux/intelRdt/closID", "name of a directory"),
                arguments("linux.intelRdt", rdt("info", ""), "/linux/intelRdt/closID", "for a class"),
                arguments(
                        "linux.intelRdt",
                        new IntelRdt("", List.of("L3:0=f\nMB:0=10"), "", "", false),
                        "/linux/intelRdt/schemata/0",
                        "one line"),
                arguments("linux.intelRdt", rdt("", "L3:0"), "/linux/intelRdt/memBwSchema", "MB:"),
                arguments("linux.memoryPolicy", policy("MPOL_BIND", ""), "/linux/memoryPolicy/nodes", "needs nodes"),
                arguments(
                        "linux.memoryPolicy", policy("MPOL_LOCAL", "0"), "/linux/memoryPolicy/nodes", "must be empty"),
                arguments(
                        "linux.memoryPolicy",
                        policy("MPOL_BIND", "0-"),
                        "/linux/memoryPolicy/nodes",
                        "must be a list"));
    }

    static Stream<Arguments> resources() {
        String at = "/linux/resources";
        return Stream.of(
                arguments("linux.resources.devices", rule("q", ""), at + "/devices/0/type", "not \"q\""),
                arguments("linux.resources.devices", rule("c", "rx"), at + "/devices/0/access", "r, w and m"),
                arguments("linux.resources.memory.limit", -2L, at + "/memory/limit", "-1 (no limit)"),
                arguments("linux.resources.memory.swappiness", -1L, at + "/memory/swappiness", "0 to 100"),
                arguments("linux.resources.cpu.quota", -2L, at + "/cpu/quota", "-1"),
                arguments("linux.resources.cpu.idle", 2L, at + "/cpu/idle", "0 or 1"),
                arguments("linux.resources.cpu.cpus", "a", at + "/cpu/cpus", "0-3,7"),
                arguments("linux.resources.blockIO.weight", 9, at + "/blockIO/weight", "10 to 1000"),
                arguments("linux.resources.pids", new Pids(-2), at + "/pids/limit", "-1"),
                arguments("linux.resources.unified", Map.of("a/b.c", ""), at + "/unified/a~1b.c", "memory.high"),
                arguments(
                        "linux.resources.hugepageLimits",
                        List.of(new HugepageLimit("64kB", 1)),
                        at + "/hugepageLimits/0/pageSize",
                        "not \"64kB\""));
    }

    static Stream<Arguments> seccomp() {
        Seccomp allow = new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "", "", List.of());
        String at = "/linux/seccomp";
        return Stream.of(
                arguments(
                        "linux.seccomp", with(allow, "defaultErrnoRet", 1L), at + "/defaultErrnoRet", "SCMP_ACT_ERRNO"),
                arguments(
                        "linux.seccomp",
                        with(allow, "listenerMetadata", "x"),
                        at + "/listenerMetadata",
                        "listenerPath"),
                arguments(
                        "linux.seccomp",
                        with(allow, "defaultAction", Seccomp.Action.SCMP_ACT_NOTIFY),
                        at + "/defaultAction",
                        "cannot be"),
                arguments("linux.seccomp", rules(allow, "SCMP_ACT_ALLOW", null), at + "/syscalls/0/names", "is empty"),
                arguments(
                        "linux.seccomp",
                        rules(allow, "SCMP_ACT_ALLOW", 1L, "x"),
                        at + "/syscalls/0/errnoRet",
                        "goes with"),
                arguments(
                        "linux.seccomp",
                        rules(allow, "SCMP_ACT_ERRNO", 5000L, "x"),
                        at + "/syscalls/0/errnoRet",
                        "4095"),
                arguments(
                        "linux.seccomp",
                        rules(allow, "SCMP_ACT_NOTIFY", null, "x"),
                        at + "/syscalls/0/action",
                        "listener"),
                arguments(
                        "linux.seccomp",
                        rules(with(allow, "listenerPath", "s"), "SCMP_ACT_NOTIFY", null, "write"),
                        at + "/listenerPath",
                        "absolute"),
                arguments(
                        "linux.seccomp",
                        with(allow, "flags", List.of(Seccomp.Flag.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV)),
                        at + "/flags/0",
                        "SCMP_ACT_NOTIFY"));
    }

    @Test
    void sysctl_ofNamespaceThatIsTheHosts_isRefused() {
        Map<String, String> sysctl = Map.of("kernel.shmmax", "1");
        assertThat(SpecValidator.validate(with(with(NAMESPACES, without(NamespaceType.IPC)), "linux.sysctl", sysctl)))
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.message()).contains("ipc namespace", "{\"type\": \"ipc\"}"));
        assertThat(SpecValidator.validate(with("linux.sysctl", sysctl))).isEmpty();
        assertThat(SpecValidator.validate(with("linux.sysctl", Map.of("net/ipv4/conf/eth0.1/forwarding", "1"))))
                .isEmpty();
    }

    @Test
    void timeOffsets_ofJoinedNamespaceAndUnknownClock_areRefused() {
        Spec spec = with(
                with(NAMESPACES, plus(new Namespace(NamespaceType.TIME, "/ns"))),
                "linux.timeOffsets",
                offset("realtime", 1_000_000_000));
        assertThat(SpecValidator.validate(spec))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/linux/timeOffsets", "/linux/timeOffsets/realtime", "/linux/timeOffsets/realtime/nanosecs");
    }

    @Test
    void swap_belowLimit_isRefused() {
        Spec spec = with(with("linux.resources.memory.limit", 2000L), "linux.resources.memory.swap", 1000L);
        assertThat(SpecValidator.validate(spec))
                .extracting(Violation::pointer)
                .containsExactly("/linux/resources/memory/swap");
    }

    private static Map<String, TimeOffset> offset(String clock, long nanosecs) {
        return Map.of(clock, new TimeOffset(1, nanosecs));
    }

    private static IntelRdt rdt(String closID, String memBwSchema) {
        return new IntelRdt(closID, List.of(), "", memBwSchema, false);
    }

    private static MemoryPolicy policy(String mode, String nodes) {
        return new MemoryPolicy(MemoryPolicy.Mode.valueOf(mode), nodes, List.of());
    }

    private static List<DeviceCgroup> rule(String type, String access) {
        return List.of(new DeviceCgroup(false, type, null, null, access));
    }

    private static Seccomp rules(Seccomp seccomp, String action, @Nullable Long errno, String... names) {
        Syscall rule = new Syscall(List.of(names), Seccomp.Action.valueOf(action), errno, List.of());
        return with(seccomp, "syscalls", List.of(rule));
    }

    private static List<Namespace> without(NamespaceType type) {
        return Specs.GOOD.linux().namespaces().stream()
                .filter(namespace -> namespace.type() != type)
                .toList();
    }

    private static List<Namespace> plus(Namespace more) {
        return Stream.concat(Specs.GOOD.linux().namespaces().stream(), Stream.of(more))
                .toList();
    }
}
