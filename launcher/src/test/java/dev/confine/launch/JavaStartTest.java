package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds java, and whose arguments it takes. */
class JavaStartTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Distribution distribution;

    @BeforeEach
    void install() throws IOException {
        distribution = Distribution.in(directory);
    }

    @Test
    void java_installedBesideOtherPrograms_isFoundThroughALink() throws Exception {
        Path installed = directory.resolve("usr/local");
        Distribution other = Distribution.in(installed, "lib/confine");
        Files.createSymbolicLink(directory.resolve("link"), installed.resolve("bin/confine"));
        assertThat(other.shell("exec \"$1\" caller", directory + "/link").out().lines())
                .contains("java cwd " + installed + "/lib/confine", "args [caller]");
    }

    @Test
    void java_withoutArguments_isStartedByTheFinder() throws Exception {
        Files.delete(directory.resolve("lib/java.args"));
        Path finder = directory.resolve("lib/find-java");
        List<String> arguments = Distribution.javaArguments();
        Files.writeString(finder, "#!/bin/sh\nexec " + String.join(" ", arguments) + "\n");
        assertThat(finder.toFile().setExecutable(true)).isTrue();
        assertThat(distribution.run("write").out()).isEqualTo("written by the program\n");
    }

    /** The condition that a file is as it is now. */
    private static String asItIs(Path file) throws IOException {
        return "#" + Files.size(file) + " " + Files.getLastModifiedTime(file).to(TimeUnit.SECONDS) + " " + file;
    }

    private static void write(Path file, String condition) throws IOException {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, condition);
        Files.write(file, arguments);
    }

    @Test
    void java_whoseConditionsHold_isStarted_elseItsArgumentsCountAsMissing() throws Exception {
        Path jar = Files.writeString(directory.resolve("lib/the jar"), "jar");
        Path arguments = directory.resolve("lib/java.args");
        Distribution.Result missing = new Distribution.Result(
                1, "", "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n");
        write(arguments, asItIs(jar));
        assertThat(distribution.run("write").out()).isEqualTo("written by the program\n");
        write(arguments, "#3 1 the jar");
        assertThat(distribution.run("write")).isEqualTo(missing);
        write(arguments, asItIs(jar));
        Files.writeString(jar, "changed");
        assertThat(distribution.run("write")).isEqualTo(missing);
        for (String wrong : List.of("#", "#3", "#3 1 gone", "# " + jar, asItIs(jar) + "x")) {
            write(arguments, wrong);
            assertThat(distribution.run("write")).isEqualTo(missing);
        }
    }

    @Test
    void java_withoutAnswer_isFollowedByOneWithTheOtherArguments() throws Exception {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, "-Dfull=true");
        Files.write(directory.resolve("lib/java.full.args"), arguments);
        assertThat(distribution.run("again", "and again"))
                .isEqualTo(new Distribution.Result(0, "not an answer\nanswered to [again, and again]\n", ""));
    }

    @Test
    void java_withoutAnswerAndNoOther_isAnError() throws Exception {
        assertThat(distribution.run("again"))
                .isEqualTo(new Distribution.Result(
                        1,
                        "not an answer\n",
                        "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n"));
    }

    @Test
    void java_nowhere_isNamed() throws Exception {
        Files.delete(directory.resolve("lib/java.args"));
        assertThat(distribution.run("write"))
                .isEqualTo(new Distribution.Result(
                        1, "", "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n"));
    }
}
