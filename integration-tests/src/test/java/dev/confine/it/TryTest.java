package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** {@code confine try}: the first thing that a new user runs. */
@Containers
final class TryTest {
    @AsEach
    void command_runsAsRootInside(As as) {
        Result result = tried(as, "id", "-u");
        assertThat(result.success().out().strip()).endsWith("0");
        assertThat(result.out() + result.err()).contains(as.userName());
    }

    @AsEach
    void exitCode_isThatOfTheCommand(As as) {
        assertThat(tried(as, "sh", "-c", "exit 5").exit()).isEqualTo(5);
    }

    @AsEach
    void host_cannotBeWritten(As as) {
        Result result = tried(as, "sh", "-c", "touch /usr/confine-was-here; echo $?");
        assertThat(result.out().strip()).endsWith("1");
    }

    @AsEach
    void map_isThatOfAUserNamespace(As as) {
        Result result = tried(as, "cat", "/proc/self/uid_map").success();
        assertThat(result.out()
                        .lines()
                        .anyMatch(line -> line.matches(" *0 +" + (as == As.ROOT ? "[1-9]\\d*" : as.uid()) + " +\\d+")))
                .as(result.out())
                .isTrue();
    }

    @AsEach
    void own_filesAreWritable(As as) {
        assertThat(tried(as, "sh", "-c", "echo x > /tmp/x && cat /tmp/x")
                        .success()
                        .out()
                        .strip())
                .endsWith("x");
    }

    @AsEach
    void missingCommand_isRefusedInTheKnownWords(As as) {
        assertThat(tried(as, "nosuchprogram").exit()).isNotZero();
        assertThat(tried(as, "nosuchprogram").err()).contains("executable file not found in $PATH");
    }

    @AsEach
    void withoutCommand_aShellReadsStandardInput(As as) {
        var script = Scratch.write(Scratch.current().path("script"), "echo from the shell\nexit 3\n");
        Result result = Confine.as(as).input(script).run("--root", state(as), "try");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out()).contains("from the shell");
    }

    @AsEach
    void shell_atATerminal_hasJobControl(As as) {
        Result result = Pty.of(as)
                .expect("# ")
                .send("sleep 100\n")
                .pause(300)
                .send(Pty.CONTROL_Z)
                .expect("Stopped")
                .send("fg\n")
                .pause(300)
                .send(Pty.CONTROL_C)
                .expect("# ")
                .send("tty; exit 3\n")
                .run(words(as, "bash", "--norc", "--noediting", "-i"));
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        assertThat(result.out()).contains("/dev/pts/0\n").doesNotContain("no job control");
    }

    /** A terminal would change every line of it. */
    @AsEach
    void outputThatGoesElsewhere_arrivesAsItIs(As as) {
        List<String> words = Command.words(List.of("sh", "-c", "\"$@\" | od -c", "sh"));
        words.addAll(words(as, "sh", "-c", "test -t 1 || echo x"));
        assertThat(Pty.of(as).run(words).success().out()).contains("x  \\n\n").doesNotContain("\\r");
    }

    private static List<String> words(As as, String... command) {
        List<String> words = new ArrayList<>(List.of(Scratch.distribution() + "/bin/confine"));
        words.addAll(List.of("--root", state(as), "try", "--"));
        words.addAll(List.of(command));
        return words;
    }

    private static Result tried(As as, String... command) {
        List<String> words = new ArrayList<>(List.of("--root", state(as), "try", "--"));
        words.addAll(List.of(command));
        return Confine.as(as).run(words.toArray(String[]::new));
    }

    private static String state(As as) {
        as.require();
        return Scratch.current().state(as).toString();
    }
}
