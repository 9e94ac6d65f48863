package dev.confine.it;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;

/**
 * What this machine can. A capability it lacks is a skip with the reason, and a failure where the environment variable CONFINE_REQUIRE (names with commas
 * between them; {@code clients} for all that call confine, {@code all}) says that it must be there.
 */
final class Host {
    private static final Map<String, Supplier<Optional<String>>> CAPABILITIES = Map.ofEntries(
            entry("root", () -> reason(isRoot(), "the tests run as uid " + uid())),
            entry("user", Host::noUser),
            entry("root-ranges", () -> reason(rootHasRanges(), "root has no range in /etc/subuid and /etc/subgid")),
            entry("sys-resource", () -> reason(hasCapability(24), "CAP_SYS_RESOURCE is missing")),
            entry("unified", () -> reason(isUnified(), "there are hierarchies of cgroup v1")),
            entry("v1", () -> reason(!isUnified(), "there is cgroup v2 alone")),
            entry("systemd", () -> reason(Files.exists(Path.of("/run/systemd/system")), "systemd does not run")),
            entry("criu", Host::noCriu),
            entry("idmapped-mounts", Host::noIdmappedMounts),
            entry("jdk-17", () -> noJdk("17")),
            entry("jdk-25", () -> noJdk("25")),
            entry("python", () -> missing("python3")),
            entry(
                    "grpc",
                    () -> reason(
                            Command.run("/usr/bin/python3", "-c", "import grpc").exit() == 0,
                            "there is no module grpc for python3 (python3-grpcio)")),
            entry("iproute", () -> missing("ip")),
            entry("podman", () -> missing("podman", "conmon", "netavark", "iptables", "catatonit", "slirp4netns")),
            entry("buildah", () -> missing("buildah", "slirp4netns")),
            entry("containerd", () -> missing("containerd", "ctr")),
            entry("docker", () -> missing("dockerd", "docker", "iptables")),
            entry(
                    "javac",
                    () -> reason(
                            ToolProvider.getSystemJavaCompiler() != null,
                            "the tests run on a Java without a compiler")));
    /** What {@link Cgroup#mount} asks for when it has not found it. */
    private static final String CONTROLLER = "cgroup-";

    /** What {@code clients} stands for. */
    private static final List<String> CLIENTS = List.of("podman", "buildah", "containerd", "docker");

    private static final List<String> PLACES = List.of(
            "/usr/local/sbin",
            "/usr/local/bin",
            "/usr/sbin",
            "/usr/bin",
            "/sbin",
            "/bin",
            "/usr/lib/podman",
            "/usr/libexec/podman");
    private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

    private Host() {}

    /** Why this machine cannot, or empty when it can. */
    static Optional<String> lacks(String capability) {
        if (capability.startsWith(CONTROLLER)) {
            return Optional.of(
                    "no hierarchy of cgroups has the controller " + capability.substring(CONTROLLER.length()));
        }
        Supplier<Optional<String>> probe = CAPABILITIES.get(capability);
        if (probe == null) {
            throw new IllegalArgumentException("unknown capability " + capability);
        }
        return KNOWN.computeIfAbsent(capability, any -> probe.get());
    }

    /** Skips or fails the running test when this machine cannot. */
    static void require(String capability) {
        Optional<String> reason = lacks(capability);
        if (reason.isPresent()) {
            refuse(capability, reason.get());
            Assumptions.abort(capability + ": " + reason.get());
        }
    }

    /** Fails when the surroundings promise the capability. */
    static void refuse(String capability, String reason) {
        String promised = System.getenv().getOrDefault("CONFINE_REQUIRE", "");
        List<String> names = Arrays.asList(promised.split(","));
        if (names.contains("all")
                || names.contains(capability)
                || (names.contains("clients") && CLIENTS.contains(capability))) {
            throw new AssertionError("CONFINE_REQUIRE promises " + capability + ": " + reason);
        }
    }

    static boolean isRoot() {
        return uid() == 0;
    }

    static long uid() {
        return Long.parseLong(status("Uid").split("\\s+")[1]);
    }

    private static boolean hasCapability(int number) {
        return (Long.parseUnsignedLong(status("CapEff"), 16) & 1L << number) != 0;
    }

    private static String status(String key) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(key + ":"))
                    .findFirst()
                    .orElseThrow()
                    .substring(key.length() + 1)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> noUser() {
        Optional<String> account = Account.missing();
        if (account.isPresent()) {
            return account;
        }
        Result made = Command.of(Command.words(As.USER.prefix(), "unshare", "--user", "true"))
                .run();
        return reason(
                made.exit() == 0,
                "an ordinary user cannot make a user namespace: " + made.err().strip());
    }

    private static Optional<String> noIdmappedMounts() {
        return isRoot() ? Optional.empty() : Optional.of("only root maps the ids of mounts");
    }

    private static Optional<String> noCriu() {
        Optional<String> missing = missing("criu");
        if (missing.isPresent()) {
            return missing;
        }
        Result check = Command.run("criu", "check");
        return reason(check.exit() == 0, "criu check: " + check.err().strip());
    }

    private static boolean isUnified() {
        return Cgroup.mounts().size() == 1
                && Files.exists(Cgroup.mounts().get(0).resolve("cgroup.controllers"));
    }

    private static boolean rootHasRanges() {
        try {
            return Files.readString(Path.of("/etc/subuid")).matches("(?s)(.*\n)?(root|0):.*")
                    && Files.readString(Path.of("/etc/subgid")).matches("(?s)(.*\n)?(root|0):.*");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> noJdk(String version) {
        return reason(jdk(version).isPresent(), "no JDK " + version + " in /usr/lib/jvm");
    }

    /** The home of a JDK of this feature release. */
    static Optional<Path> jdk(String version) {
        try (var homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> release(home).contains("JAVA_VERSION=\"" + version))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String release(Path home) {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<String> missing(String... programs) {
        List<String> missing = Arrays.stream(programs)
                .filter(program -> PLACES.stream().noneMatch(place -> Files.isExecutable(Path.of(place, program))))
                .toList();
        return reason(missing.isEmpty(), "not installed: " + String.join(", ", missing));
    }

    private static Optional<String> reason(boolean can, String otherwise) {
        return can ? Optional.empty() : Optional.of(otherwise);
    }
}
