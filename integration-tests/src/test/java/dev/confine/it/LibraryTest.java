package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Containers that a JVM starts: the examples, compiled against the published jar and run with nothing else. */
@Containers
@Requires("javac")
final class LibraryTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("confine.examples", ""));

    @AsEach
    void exampleOfTheReadme_runsAContainer(As as) {
        Bundle bundle = Bundle.of(as);
        String runtime = Scratch.current().state(as).toString();
        Result result = java(as, "Hello", bundle.rootfs().toString())
                .environment(java.util.Map.of("XDG_RUNTIME_DIR", runtime))
                .run()
                .success();
        assertThat(result.out()).matches("hello from the host\nprocess [0-9]+ ended with 0\n");
        assertThat(result.err()).isEmpty();
        Command.run("rm", "-rf", runtime + "/confine");
    }

    @Test
    void exampleOfTheReadme_isThatOfTheReadme() {
        String readme = Scratch.read(EXAMPLES.resolve("../README.md"));
        List<String> lines = Scratch.read(EXAMPLES.resolve("library/src/main/java/com/example/confine/Hello.java"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        int from = lines.indexOf("try (Confine confine = Confine.open()) {");
        assertThat(lines.subList(from, from + 8))
                .allSatisfy(line -> assertThat(readme).contains(line));
    }

    @AsEach
    void manyContainers_leaveNoThreadAndNoFile(As as) {
        Bundle bundle = Bundle.of(as).write();
        Result result = java(
                        as,
                        "Many",
                        bundle.directory().toString(),
                        bundle.stateDirectory().toString(),
                        Integer.toString(Integer.getInteger("confine.starts", 40)))
                .run()
                .success();
        assertThat(result.out()).isEqualTo("more threads 0\nmore files 0\nleft []\n");
        assertThat(result.err()).isEmpty();
    }

    @AsEach
    void aContainerThatCannotBeMade_isAnExceptionWithTheReason(As as) {
        Bundle bundle = Bundle.of(as).args("missing").write();
        Result result = java(
                        as,
                        "Many",
                        bundle.directory().toString(),
                        bundle.stateDirectory().toString(),
                        "1")
                .run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("ConfineException", "exec: \"missing\"");
    }

    private static Command java(As as, String example, String... arguments) {
        Path classes = Scratch.current().path("library");
        Path sources = EXAMPLES.resolve("library/src/main/java/com/example/confine");
        Jars.compile(List.of(sources.resolve(example + ".java")), classes);
        Command.run("chmod", "-R", "go+rX", classes.toString()).success();
        List<String> words = Command.words(
                as.prefix(),
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Scratch.distribution().resolve("lib/confine.jar") + ":" + classes,
                "com.example.confine." + example);
        return Command.of(Command.words(words, arguments));
    }
}
