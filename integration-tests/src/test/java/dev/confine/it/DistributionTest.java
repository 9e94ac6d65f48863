package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The directory that is shipped: it works from anywhere, under another name, copied, installed, and on either JDK. */
@Containers
final class DistributionTest {
    @AsEach
    void anyWorkingDirectory_works(As as) {
        for (String directory : List.of("/", "/tmp", "/usr/bin", "/proc")) {
            works(as, Confine.as(as).in(Path.of(directory)));
        }
    }

    @AsEach
    void symbolicLink_works(As as) throws IOException {
        Path bin = Scratch.current().directory("bin", as);
        Files.createSymbolicLink(bin.resolve("first"), Scratch.distribution().resolve("bin/confine"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
        works(as, Confine.as(as).program(bin.resolve("second")));
        works(as, Confine.as(as).in(bin).program(Path.of("./second")));
    }

    @AsEach
    void throughPath_works(As as) {
        works(
                as,
                Confine.as(as)
                        .viaShell("PATH=" + Scratch.distribution() + "/bin:$PATH; exec \"$@\"")
                        .program(Path.of("confine")));
    }

    @AsEach
    void copy_works(As as) {
        works(
                as,
                Confine.as(as)
                        .program(copied(Scratch.current().directory("a b", as)).resolve("bin/confine")));
    }

    /** bin and lib of a prefix that others share. */
    @AsEach
    void installedUnderAPrefix_works(As as) {
        Path prefix = Scratch.current().directory("prefix", as);
        Command.run("mkdir", "-p", prefix + "/lib/other", prefix + "/bin").success();
        Path libexec = copied(prefix.resolve("lib"));
        Command.run("ln", "-s", "../lib/confine/bin/confine", prefix + "/bin/confine")
                .success();
        assertThat(libexec).isDirectory();
        works(as, Confine.as(as).program(prefix.resolve("bin/confine")));
    }

    @AsEach
    void readOnlyDistribution_works(As as) {
        Path copy = copied(Scratch.current().directory("fixed", as));
        Command.run("chmod", "-R", "a-w", copy.toString()).success();
        works(as, Confine.as(as).program(copy.resolve("bin/confine")));
    }

    @AsEach
    @Requires("jdk-17")
    void jdk17_works(As as) {
        onJdk(as, "17");
    }

    @AsEach
    @Requires("jdk-25")
    void jdk25_works(As as) {
        onJdk(as, "25");
    }

    private static void onJdk(As as, String version) {
        Path home = Host.jdk(version).orElseThrow();
        Path copy = copied(Scratch.current().directory("other", as));
        Command.run(copy + "/lib/find-java", "--write", home.toString()).success();
        assertThat(Scratch.read(copy.resolve("lib/java.args"))).startsWith(home + "/bin/java\n");
        works(as, Confine.as(as).program(copy.resolve("bin/confine")));
        Result slow = Confine.as(as)
                .program(copy.resolve("bin/confine"))
                .run("--version")
                .success();
        assertThat(slow.err()).isEmpty();
    }

    /** Without them commands work all the same, and take twice as long. */
    @Test
    @Requires("jdk-25")
    void caches_holdWhatCommandsLoad() {
        holds(
                "hot-*.aot",
                "dev.confine.runtime.compile.Foreground",
                "dev.confine.runtime.compile.ExecCompiler",
                "dev.confine.runtime.lifecycle.Creation");
        holds("full-*.aot", "picocli.CommandLine", "dev.confine.runtime.compile.Foreground");
    }

    private static void holds(String cache, String... classes) {
        for (String name : classes) {
            Command.run(
                            "sh",
                            "-c",
                            "grep -qaF \"$1\" " + Scratch.distribution() + "/lib/" + cache,
                            "sh",
                            name.replace('.', '/'))
                    .success();
        }
    }

    @AsEach
    void version_isAsDockerParsesIt(As as) {
        Result version = Confine.as(as).run("--version").success();
        assertThat(version.out().lines().findFirst().orElse("")).matches("confine version \\d+\\.\\d+\\.\\d+\\S*");
        assertThat(version.out()).containsPattern("(?m)^commit: \\S+");
        assertThat(version.out()).contains("spec: 1.3");
    }

    /** containerd, dockerd and CRI-O ask when they start, whatever the state directory is. */
    @AsEach
    void features_areJson(As as) {
        JsonNode features = Config.parse(
                Confine.as(as).run("--root", "/nonexistent", "features").output());
        assertThat(features.path("ociVersionMax").asText()).isEqualTo("1.3.0");
        assertThat(features.at("/linux/mountExtensions/idmap/enabled").asBoolean())
                .isTrue();
    }

    @AsEach
    void help_namesEveryVerb(As as) {
        String help = Confine.as(as).run("--help").output();
        assertThat(help)
                .contains(
                        "run",
                        "create",
                        "start",
                        "state",
                        "kill",
                        "delete",
                        "list",
                        "ps",
                        "plan",
                        "backends",
                        "spec",
                        "try");
    }

    private static Path copied(Path into) {
        Command.run("cp", "-a", Scratch.distribution().toString(), into + "/confine")
                .success();
        return into.resolve("confine");
    }

    private static void works(As as, Confine confine) {
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        assertThat(bundle.run(confine).output()).isEqualTo("fine");
        assertThat(bundle.confine(confine, "list", "-q").output()).isEmpty();
    }
}
