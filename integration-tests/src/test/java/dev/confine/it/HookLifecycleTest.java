package dev.confine.it;

import static dev.confine.it.HooksTest.hook;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks on every way of a container from its creation to its end, {@code runtime.md#lifecycle}. */
@Containers
final class HookLifecycleTest {
    private static final List<String> BEFORE =
            List.of("prestart", "createRuntime", "createContainer", "startContainer");
    private static final List<String> ALL =
            List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");
    private static final String STATUS = "$(sed 's/.*\"status\":\"\\([a-z]*\\)\".*/\\1/')";

    /** A file of the bundle's directory {@code logs}, which the container has as {@code /logs}. */
    private static Path log(Bundle bundle) {
        Path logs = bundle.host("logs");
        if (!Files.exists(logs)) {
            Command.run("mkdir", logs.toString()).success();
            Scratch.write(logs.resolve("log"), "");
            Command.run("chmod", "-R", "a+rwX", logs.toString()).success();
            bundle.mount("{destination: '/logs', type: 'bind', source: '" + logs + "', options: ['bind', 'rw']}");
        }
        return logs.resolve("log");
    }

    private static String place(Bundle bundle, String kind) {
        return (kind.equals("startContainer") ? "/logs/" : bundle.host("logs") + "/");
    }

    private static Bundle logging(As as, String name, List<String> kinds) {
        Bundle bundle = Bundle.of(as, name);
        log(bundle);
        for (String kind : kinds) {
            bundle.add("/hooks/" + kind, hook("echo " + kind + " " + STATUS + " >> " + place(bundle, kind) + "log"));
        }
        return bundle;
    }

    private static List<String> lines(Bundle bundle) {
        return Scratch.read(log(bundle)).lines().toList();
    }

    private static void assertAll(Bundle bundle) {
        assertThat(lines(bundle))
                .startsWith(
                        "prestart creating",
                        "createRuntime creating",
                        "createContainer creating",
                        "startContainer created")
                .endsWith("poststop stopped")
                .containsOnlyOnce("program", "poststart running")
                .hasSize(7);
    }

    @AsEach
    void start_whileTheContainerIsBeingCreated_waitsForThat(As as) {
        Bundle bundle = logging(as, "slow", List.of()).script("echo program >> /logs/log");
        bundle.add("/hooks/createRuntime", hook("echo hook >> " + bundle.host("logs") + "/log; sleep 1"));
        Command.Running create = bundle.write().startCreate();
        Eventually.holds("the hook runs", () -> lines(bundle).contains("hook"));
        assertThat(bundle.status()).isEqualTo("creating");
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("the program runs", () -> lines(bundle).contains("program"));
        create.process().destroy();
        bundle.deleteByForce().success();
    }

    @AsEach
    void create_start_delete_runAll(As as) {
        Bundle bundle = logging(as, "box", ALL).script("echo program >> /logs/log");
        bundle.create().success();
        assertThat(lines(bundle)).hasSize(3);
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("the end", () -> bundle.status().equals("stopped"));
        assertThat(lines(bundle)).hasSize(6);
        bundle.confine("delete", bundle.id()).success();
        assertAll(bundle);
    }

    @AsEach
    void run_inTheForeground_runsAll_alsoThoseAfterTheJvmHasEnded(As as) {
        Bundle bundle = logging(as, "box", ALL).script("sleep 1; echo program >> /logs/log; exit 7");
        assertThat(bundle.run().exit()).isEqualTo(7);
        assertAll(bundle);
    }

    @AsEach
    void run_detached_leavesPoststopToDelete(As as) {
        Bundle bundle = logging(as, "box", ALL).script("echo program >> /logs/log; exec sleep 100");
        bundle.run("--detach").success();
        Eventually.holds("the program", () -> lines(bundle).contains("program"));
        assertThat(lines(bundle)).hasSize(6);
        bundle.deleteByForce().success();
        assertAll(bundle);
    }

    @AsEach
    void run_thatKeeps_leavesPoststopToDelete(As as) {
        Bundle bundle = logging(as, "box", ALL).script("echo program >> /logs/log");
        bundle.run("--keep").success();
        assertThat(lines(bundle)).hasSize(6);
        bundle.confine("delete", bundle.id()).success();
        assertAll(bundle);
    }

    @AsEach
    void delete_ofACreatedContainer_runsPoststop(As as) {
        Bundle bundle = logging(as, "box", ALL);
        bundle.create().success();
        bundle.deleteByForce().success();
        assertThat(lines(bundle)).hasSize(4).endsWith("poststop stopped");
    }

    @AsEach
    void hooks_areThoseOfTheConfigurationThatTheContainerWasMadeFrom(As as) {
        Bundle bundle = logging(as, "box", ALL).script("echo program >> /logs/log");
        bundle.create().success();
        for (String kind : ALL) {
            bundle.set("/hooks/" + kind, "[{path: '/bin/false'}]");
        }
        bundle.write();
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("the end", () -> bundle.status().equals("stopped"));
        bundle.confine("delete", bundle.id()).success();
        assertAll(bundle);
    }

    @AsEach
    void poststop_seesNothingOfTheContainer_andRunsInTheBundleWhileThereIsOne(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        Path log = log(bundle);
        Path state = bundle.stateDirectory().resolve(bundle.id());
        Path pid = bundle.host("pid");
        bundle.add(
                "/hooks/poststop",
                hook("{ pwd; ls -d " + state + "; grep State /proc/$(cat " + pid + ")/status; } > " + log
                        + " 2>&1; true"));
        bundle.run("--detach", "--pid-file", pid.toString()).success();
        bundle.deleteByForce().success();
        assertThat(Scratch.read(log))
                .startsWith(bundle.directory() + "\n")
                .contains("cannot access '" + state + "'")
                .containsPattern("No such file.*\\z|State:\tZ");

        Path gone = Scratch.current().directory("gone", as);
        Bundle second = Bundle.of(as, "second").args("true");
        second.add("/hooks/poststop", hook("pwd > " + gone + "/log"));
        second.create().success();
        Command.run("mv", second.directory().toString(), second.directory() + ".moved")
                .success();
        second.deleteByForce().success();
        assertThat(Scratch.read(gone.resolve("log"))).isEqualTo("/\n");
    }

    // ---- failures

    @AsEach
    void hookThatFails_onEveryWay_leavesNothing_andPoststopRuns(As as) {
        for (String kind : List.of("createRuntime", "createContainer", "startContainer", "poststart")) {
            for (String way : List.of("start", "run", "detach", "keep")) {
                Bundle bundle = logging(as, kind, List.of("poststop")).args("sleep", "100");
                bundle.add("/hooks/" + kind, hook("echo so; echo sorry >&2; exit 3"));
                Result result;
                if (way.equals("start") && (kind.equals("startContainer") || kind.equals("poststart"))) {
                    bundle.create().success();
                    result = bundle.confine("start", bundle.id());
                } else {
                    result = way.equals("start")
                            ? bundle.create()
                            : way.equals("run") ? bundle.run() : bundle.run("--" + way);
                }
                result.refusal("run the hook /bin/sh: exit status 3: so | sorry (config.json /hooks/" + kind + "/0)");
                assertThat(lines(bundle)).as(kind + " " + way).containsExactly("poststop stopped");
                assertThat(bundle.confine("state", bundle.id()).err()).contains("does not exist");
            }
        }
    }

    @AsEach
    void hookThatFails_endsThoseAfterIt(As as) {
        for (String kind : ALL.subList(0, 5)) {
            Bundle bundle = logging(as, kind, BEFORE).args("sleep", "100");
            bundle.add("/hooks/" + kind, hook("exit 1"));
            bundle.add("/hooks/" + kind, hook("echo never >> " + place(bundle, kind) + "log"));
            bundle.run().refusal("/hooks/" + kind);
            assertThat(lines(bundle)).as(kind).doesNotContain("never").hasSize(Math.min(ALL.indexOf(kind) + 1, 4));
        }
    }

    @AsEach
    void programThatIsNotThere_isFoundAfterTheHooksOfCreation_soPoststopRuns(As as) {
        Bundle bundle = logging(as, "box", List.of("prestart", "poststop")).args("/no/program");
        bundle.create().refusal("/no/program");
        assertThat(lines(bundle)).containsExactly("prestart creating", "poststop stopped");
        Bundle unmade = logging(as, "unmade", List.of("prestart", "poststop"));
        unmade.mount("{destination: '/x', type: 'bind', source: '/no/such', options: ['bind']}");
        unmade.create().refusal("/no/such");
        assertThat(lines(unmade)).isEmpty();
    }

    @AsEach
    void hookThatIsNotThere_isNamed(As as) {
        for (String kind : List.of("startContainer", "poststart")) {
            Bundle bundle = Bundle.of(as, kind).args("sleep", "100");
            bundle.add("/hooks/" + kind, "{path: '/no/hook'}");
            bundle.run().refusal("run the hook /no/hook: cannot be executed: ENOENT", "/hooks/" + kind + "/0");
            bundle.create().success();
            bundle.confine("start", bundle.id())
                    .refusal("run the hook /no/hook: cannot be executed: ENOENT", "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void hookThatTakesTooLong_isKilledWithWhatItStarted(As as) {
        for (String kind : List.of("startContainer", "poststart")) {
            Bundle bundle = Bundle.of(as, kind).args("sleep", "100");
            bundle.add("/hooks/" + kind, hook("sleep 77 & sleep 77; true").replace("}", ", timeout: 1}"));
            bundle.run().refusal("took longer than its timeout", "/hooks/" + kind + "/0");
            bundle.create().success();
            bundle.confine("start", bundle.id()).refusal("took longer than its timeout", "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void poststopThatFails_isAWarning_andTheNextRuns(As as) {
        Bundle bundle = logging(as, "box", List.of()).args("true");
        bundle.add("/hooks/poststop", hook("echo sorry >&2; exit 3"));
        bundle.add("/hooks/poststop", "{path: '/no/hook'}");
        bundle.add("/hooks/poststop", hook("kill -KILL $$"));
        bundle.add("/hooks/poststop", hook("sleep 77").replace("}", ", timeout: 1}"));
        bundle.add("/hooks/poststop", hook("echo last >> " + log(bundle)));
        List<String> warnings = List.of(
                "confine: warning: run the hook /bin/sh: exit status 3",
                "confine: warning: run the hook /no/hook: cannot be executed: ENOENT",
                "confine: warning: run the hook /bin/sh: was ended by signal 9",
                "confine: warning: run the hook /bin/sh: took longer than its timeout and was killed");
        Result run = bundle.run().success();
        assertThat(run.err()).contains(warnings).contains("sorry");
        assertThat(run.err().lines()).hasSize(5);

        bundle.create().success();
        Result delete = bundle.deleteByForce().success();
        assertThat(delete.err()).contains(warnings).contains("exit status 3: sorry");
        assertThat(delete.err().lines()).hasSize(4);

        bundle.add("/hooks/prestart", hook("exit 1"));
        assertThat(bundle.create().refusals("/hooks/prestart/0").err()).contains(warnings);
        assertThat(lines(bundle)).containsExactly("last", "last", "last");
    }

    @AsEach
    void signalWhileALateHookRuns_endsTheHook(As as) {
        for (String kind : List.of("startContainer", "poststart", "poststop")) {
            Bundle bundle = logging(as, kind, List.of()).args(kind.equals("poststop") ? "true" : "sleep", "100");
            bundle.add("/hooks/" + kind, hook("echo here > " + place(bundle, kind) + "log; exec sleep 77"));
            Command.Running running = bundle.start();
            Eventually.holds("the hook runs", () -> !lines(bundle).isEmpty());
            running.signal("TERM");
            Result result = running.await();
            assertThat(result.exit()).as(kind).isEqualTo(kind.equals("poststop") ? 0 : 1);
            assertThat(result.err()).as(kind).contains("a signal came while");
        }
    }

    // ---- startContainer

    @AsEach
    void startContainer_runsAsTheProgram_underItsRestrictions(As as) {
        Bundle bundle = Bundle.of(as).set("/process/cwd", "'/tmp'").set("/process/noNewPrivileges", "true");
        log(bundle);
        bundle.set("/process/rlimits", "[{type: 'RLIMIT_NOFILE', soft: 99, hard: 99}]");
        if (as == As.ROOT) {
            bundle.set("/process/user", "{uid: 1000, gid: 1000, umask: 18}");
        }
        bundle.set(
                "/linux/seccomp",
                "{defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: 95}]}");
        String show =
                "mkdir /tmp/x 2>&1; id -u; id -g; pwd; umask; ulimit -n; grep -E 'Cap|NoNewPrivs|Groups' /proc/self/status;"
                        + " ls /proc/self/fd | tr '\\n' ' '; cat /proc/self/mountinfo | wc -l; for n in /proc/self/ns/*; do readlink $n; done";
        bundle.add(
                "/hooks/startContainer",
                "{path: '/bin/sh', args: ['sh', '-c', "
                        + Config.quoted("exec > /logs/log; grep SigBlk /proc/self/status; " + show)
                        + "], env: ['PATH=/bin']}");
        String program = bundle.script(show).output();
        // no signal is blocked in a hook; in the program those are that its caller has blocked
        assertThat(Scratch.read(log(bundle)).strip()).isEqualTo("SigBlk:\t0000000000000000\n" + program);
        assertThat(program)
                .contains("/tmp")
                .contains("NoNewPrivs:\t1")
                .contains("\n99\n")
                .contains("not supported");
    }

    @Test
    void startContainer_readsTheStateWithThePidInside() {
        Bundle bundle = Bundle.of(As.ROOT);
        Path log = log(bundle);
        bundle.add("/hooks/startContainer", hook("cat > /logs/log"));
        bundle.run().success();
        assertThat(Config.parse(Scratch.read(log)).path("pid").asLong()).isEqualTo(1);
    }
}
