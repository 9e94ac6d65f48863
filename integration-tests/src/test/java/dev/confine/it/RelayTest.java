package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code process.terminal} in the foreground: the caller's terminal, or what stands for it, is the container's, and is as it was afterwards. */
@Containers
final class RelayTest {
    private static Bundle terminal(As as, String script) {
        return Bundle.of(as).set("/process/terminal", "true").script(script);
    }

    /** A shell that has what it is to run as its arguments, and confine with them. */
    private static List<String> shell(Bundle bundle, String script) {
        List<String> words = Command.words(List.of(), "bash", "-c", script, "bash");
        words.addAll(bundle.write().runWords());
        return words;
    }

    private static Result withoutTerminal(As as, Bundle bundle, String script) {
        return Command.of(Command.words(as.prefix(), shell(bundle, script).toArray(String[]::new)))
                .run();
    }

    // ---- a terminal at both ends

    @AsEach
    void program_hasATerminal(As as) {
        Result result = Pty.of(as).run(terminal(as, "tty; test -t 0 && test -t 1 && test -t 2 && echo all; exit 7"));
        assertThat(result.out()).isEqualTo("/dev/pts/0\nall\n");
        assertThat(result.exit()).as(result.err()).isEqualTo(7);
    }

    @AsEach
    void size_isThatOfTheCallersTerminal_andFollowsIt(As as) {
        Bundle bundle = terminal(
                        as,
                        "stty size; read x; stty size; trap 'stty size; exit 0' WINCH; echo go; while :; do usleep 1000; done")
                .set("/process/consoleSize", "{height: 3, width: 5}");
        Result result = Pty.of(as)
                .expect("24 80")
                .resize(30, 100)
                .pause(200)
                .send("\n")
                .expect("30 100")
                .expect("go")
                .resize(31, 101)
                .expect("31 101")
                .run(bundle);
        result.success();
    }

    @AsEach
    void keys_goInside(As as) {
        Bundle bundle = terminal(
                as, "trap 'echo interrupted' INT; echo ready; sleep 5; read word; echo got $word; cat; echo ended");
        Pty.of(as)
                .expect("ready")
                .send(Pty.CONTROL_C)
                .expect("interrupted")
                .send("words\n")
                .expect("got words")
                .send(Pty.CONTROL_D)
                .expect("ended")
                .run(bundle)
                .success();
    }

    @AsEach
    void signals_arePassedOn(As as) {
        Bundle bundle = terminal(as, "trap 'exit 9' TERM; echo ready; while :; do usleep 1000; done");
        Result result = Pty.of(as).expect("ready").signal("TERM").run(bundle);
        assertThat(result.exit()).as(result.err()).isEqualTo(9);
    }

    @AsEach
    void jobControl_ofAShellInside_works(As as) {
        Bundle bundle = terminal(as, "").args("/bin/sh", "-i");
        Result result = Pty.of(as)
                .expect("/ ")
                .send("sleep 100\n")
                .pause(200)
                .send(Pty.CONTROL_Z)
                .expect("Stopped")
                .send("jobs; fg\n")
                .pause(200)
                .send(Pty.CONTROL_C)
                .send("exit 5\n")
                .run(bundle);
        assertThat(result.exit()).as(result.toString()).isEqualTo(5);
        assertThat(result.out()).doesNotContain("job control");
    }

    /** Like any program that changes the terminal it stops in the background, and goes on in the foreground. */
    @AsEach
    void startedInTheBackground_waitsForTheForeground(As as) {
        Bundle bundle = terminal(as, "echo inside; read word; echo got $word").write();
        Result result = Pty.of(as)
                .expect("$ ")
                .send(String.join(" ", bundle.runWords()) + " &\n")
                .pause(1500)
                .send("\n")
                .expect("Stopped")
                .send("fg\n")
                .expect("inside")
                .send("word\n")
                .expect("got word")
                .expect("$ ")
                .send("exit\n")
                .run(List.of("env", "PS1=$ ", "bash", "--norc", "--noediting", "-i"));
        result.success();
    }

    @AsEach
    void addedProcess_hasATerminal(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        Result result = Pty.of(as)
                .expect("24 80")
                .resize(30, 100)
                .pause(200)
                .send("words\n")
                .expect("30 100 words")
                .run(bundle.verbWords(
                        "exec",
                        "-t",
                        bundle.id(),
                        "/bin/sh",
                        "-c",
                        "tty; stty size; read w; echo $(stty size) $w; exit 6"));
        assertThat(result.out()).startsWith("/dev/pts/0\n");
        assertThat(result.exit()).as(result.toString()).isEqualTo(6);
        bundle.deleteByForce().success();
    }

    @AsEach
    void addedProcess_thatGoesWithTheContainer_leavesTheTerminalAsItWas(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        String script = "(sleep 1; \"$1\" --root " + bundle.stateDirectory() + " kill " + bundle.id()
                + " KILL) & \"$@\"; e=$?; wait; exit $e";
        List<String> words = Command.words(List.of("bash", "-c", script, "bash"));
        words.addAll(bundle.verbWords("exec", "-t", bundle.id(), "sleep", "100"));
        assertThat(Pty.of(as).run(words).exit()).isEqualTo(137);
        bundle.deleteByForce().success();
    }

    // ---- the caller's terminal is as it was, which the person at it looks at

    @AsEach
    void killedContainer_leavesTheTerminalAsItWas(As as) {
        Bundle bundle = terminal(as, "echo ready; kill -STOP $$; exec sleep 100");
        String script = "(until \"$1\" --root " + bundle.stateDirectory() + " kill " + bundle.id()
                + " KILL 2>/dev/null; do sleep 0.1; done) & \"$@\"; e=$?; wait; exit $e";
        Result result = Pty.of(as).run(shell(bundle, script));
        assertThat(result.exit()).as(result.toString()).isEqualTo(137);
    }

    @AsEach
    void failure_leavesTheTerminalAsItWas(As as) {
        Result result = Pty.of(as).run(terminal(as, "").args("/nowhere"));
        assertThat(result.exit()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("/nowhere");
    }

    @AsEach
    void program_thatChangesItsTerminal_changesNotTheCallers(As as) {
        Pty.of(as).run(terminal(as, "stty raw -echo; echo x")).success();
    }

    // ---- nothing is lost

    @AsEach
    void muchOutput_arrivesWhole(As as) {
        Result result = Pty.of(as).run(terminal(as, "seq 1 150000"));
        assertThat(result.success().out()).isEqualTo(numbers(150000));
    }

    @AsEach
    void muchOutput_throughAPipeAndIntoAFile_arrivesWhole(As as) {
        Bundle bundle = terminal(as, "seq 1 150000");
        assertThat(withoutTerminal(as, bundle, "\"$@\" </dev/null | cat")
                        .output()
                        .replace("\r", ""))
                .isEqualTo(numbers(150000).strip());
        assertThat(withoutTerminal(as, bundle, "\"$@\" </dev/null").output().replace("\r", ""))
                .isEqualTo(numbers(150000).strip());
    }

    @AsEach
    void slowReader_getsAllOfIt(As as) {
        Bundle bundle = terminal(as, "seq 1 60000");
        Result result = withoutTerminal(as, bundle, "\"$@\" </dev/null | (sleep 1; cat)");
        assertThat(result.output().replace("\r", "")).isEqualTo(numbers(60000).strip());
    }

    @AsEach
    void muchInput_arrivesWhole(As as) {
        Bundle bundle = terminal(as, "stty raw -echo; echo ready; head -c 100000 | md5sum");
        Result result =
                Pty.of(as).expect("ready").send("0123456789".repeat(10000)).run(bundle);
        assertThat(result.success().out()).contains("13572e9e296cff52b79c52148313c3a5");
    }

    // ---- without a terminal

    @AsEach
    void pipesAndFiles_standForATerminal(As as) {
        Bundle bundle = terminal(as, "tty; stty size").set("/process/consoleSize", "{height: 33, width: 44}");
        assertThat(withoutTerminal(as, bundle, "exec \"$@\" </dev/null")
                        .output()
                        .replace("\r", ""))
                .isEqualTo("/dev/pts/0\n33 44");
    }

    @AsEach
    void endOfInput_isTheEndInside(As as) {
        Bundle bundle = terminal(as, "cat >/tmp/in; echo count $(wc -c </tmp/in) ended");
        for (String[] input : new String[][] {{"a\\nb\\n", "4"}, {"a\\nb", "3"}, {"", "0"}}) {
            Result result = withoutTerminal(as, bundle, "printf '" + input[0] + "' | \"$@\"");
            assertThat(result.output().replace("\r", "")).endsWith("count " + input[1] + " ended");
        }
    }

    @AsEach
    void outputThatNobodyReads_hangsUpTheTerminal(As as) {
        Bundle bundle = terminal(as, "trap 'exit 4' HUP; while :; do echo x; done");
        Result result = withoutTerminal(as, bundle, "\"$@\" </dev/null | head -n 1; exit ${PIPESTATUS[0]}");
        assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    }

    /** Meanwhile no process has the terminal open. */
    @AsEach
    void terminalThatIsOpenedAnew_isRelayedOn(As as) {
        Bundle bundle = terminal(
                as,
                "echo first; exec </dev/null >/dev/null 2>&1; sleep 1; echo again >/dev/console; sleep 1; exec >/dev/pts/0; echo last");
        Result result = Pty.of(as).run(bundle);
        assertThat(result.success().out()).isEqualTo("first\nagain\nlast\n");
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> n + "\n").collect(Collectors.joining());
    }
}
