package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** {@code run} in the foreground: the exit code, signals, and that nothing is left, whatever is killed when. */
@Containers
final class ForegroundTest {
    @AsEach
    void exitCode_isThatOfTheProgram(As as) {
        for (int code : List.of(0, 1, 42, 255)) {
            assertThat(Bundle.of(as, "box" + code).script("exit " + code).run().exit())
                    .isEqualTo(code);
        }
    }

    @AsEach
    void exitCode_ofASignal_is128More(As as) {
        Bundle bundle = Bundle.of(as).script("ulimit -c 0; sh -c 'kill -SEGV $$'; exit $?");
        assertThat(bundle.run().exit()).isEqualTo(139);
    }

    @AsEach
    void exitCode_ofAKilledContainer_is128More(As as) {
        Bundle bundle = Bundle.of(as).script("echo ready; exec sleep 100");
        Command.Running running = bundle.start().until("ready");
        bundle.confine("kill", bundle.id(), "KILL").success();
        assertThat(running.await().exit()).isEqualTo(137);
    }

    @AsEach
    void signals_arePassedOn(As as) {
        Bundle bundle = Bundle.of(as)
                .script("for s in TERM INT HUP USR1 WINCH; do trap \"echo got $s\" $s; done; trap 'exit 9' USR2;"
                        + " echo ready; while :; do usleep 5000; done");
        Command.Running running = bundle.start().until("ready");
        for (String signal : List.of("TERM", "INT", "HUP", "USR1", "WINCH")) {
            running.signal(signal);
            running.until("got " + signal);
        }
        running.signal("USR2");
        assertThat(running.await().exit()).isEqualTo(9);
    }

    @AsEach
    void term_endsAProgramThatTakesIt(As as) {
        Bundle bundle = Bundle.of(as).script("trap 'exit 0' TERM; echo ready; while :; do usleep 5000; done");
        Command.Running running = bundle.start().until("ready");
        running.signal("TERM");
        assertThat(running.await().exit()).isZero();
    }

    @AsEach
    void orphansOfTheContainer_areGoneWithIt(As as) {
        Bundle bundle = Bundle.of(as).script("setsid sleep 100 & sleep 101 & echo done");
        assertThat(bundle.output()).isEqualTo("done");
    }

    @AsEach
    void noJvm_staysInTheForeground(As as) {
        Bundle bundle = Bundle.of(as).script("echo ready; exec sleep 100");
        Command.Running running = bundle.start().until("ready");
        Eventually.holds("the JVM ends", () -> jvms().isEmpty());
        bundle.confine("kill", bundle.id(), "KILL").success();
        running.await();
    }

    // ---- killed

    /** The JVM dies at moments spread over its life: the command fails in words, and nothing is left. */
    @AsEach
    void killedJvm_leavesNothing(As as) {
        for (int round = 0; round < 5; round++) {
            Bundle bundle = Bundle.of(as, "box" + round).args("true");
            Command.Running running =
                    round % 2 == 0 ? bundle.start() : bundle.write().startCreate();
            Eventually.within(
                    2_000, () -> !jvms().isEmpty() || !running.process().isAlive());
            Eventually.pause(25L * round);
            boolean killed = killJvms();
            Result result = running.await();
            if (result.exit() != 0) {
                assertThat(killed).as(result.err()).isTrue();
                assertThat(result.exit()).isEqualTo(1);
                assertThat(result.err()).contains("java").contains("unexpectedly");
                assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
            } else {
                bundle.deleteByForce().success();
            }
        }
    }

    /** The front dies by SIGKILL: nobody can clean up at once, but what is left is seen and can be removed. */
    @AsEach
    void killedFront_isCleanedUpByDelete(As as) {
        Bundle bundle = Bundle.of(as).script("echo ready; exec sleep 100");
        Command.Running running = bundle.start().until("ready");
        running.signal("KILL");
        running.await();
        assertThat(bundle.confine("list", "-q").output()).isEqualTo(bundle.id());
        bundle.deleteByForce().success();
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
    }

    /** The same at moments when the container is half made. */
    @AsEach
    void frontKilledAtAnyMoment_isCleanedUpByDelete(As as) {
        for (int round = 0; round < 5; round++) {
            Bundle bundle = Bundle.of(as, "box" + round).args("sleep", "100");
            Command.Running running = bundle.start();
            Eventually.pause(20L + 40L * round);
            running.process().destroyForcibly();
            running.await();
            Eventually.holds("the JVM ends", () -> jvms().isEmpty());
            bundle.confine("list");
            assertThat(bundle.deleteByForce().exit()).isZero();
            assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
        }
    }

    @AsEach
    void interruptedWhileBeingMade_leavesNothing(As as) {
        for (int round = 0; round < 4; round++) {
            Bundle bundle = Bundle.of(as, "box" + round).args("sleep", "100");
            Command.Running running = bundle.start();
            Eventually.pause(20L + 50L * round);
            running.signal("TERM");
            // the first process of a pid namespace does not die of a signal that it does not handle
            if (!Eventually.within(1_500, () -> !running.process().isAlive())) {
                bundle.confine("kill", bundle.id(), "KILL").success();
            }
            assertThat(running.await().exit()).isNotZero();
            assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
        }
    }

    private static List<Processes.Seen> jvms() {
        return Processes.of(Scratch.current()).stream()
                .filter(process ->
                        process.directory().startsWith(Scratch.distribution().resolve("lib")))
                .toList();
    }

    static boolean killJvms() {
        List<Processes.Seen> all = jvms();
        all.forEach(Processes.Seen::end);
        return !all.isEmpty();
    }
}
