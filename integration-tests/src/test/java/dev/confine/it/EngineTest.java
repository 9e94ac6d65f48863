package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The engine: whom it answers, whom it does not, and that nothing is lost with it. That it does all that a JVM of its own does is what the other tests say when they run with it. */
@Containers
final class EngineTest {
    /** Stops what is left of an engine when the test ends. */
    private record Running(As as, Path socket) implements AutoCloseable {
        Confine confine() {
            return Confine.as(as)
                    .env("CONFINE_ENGINE_SOCKET", socket.toString())
                    .env("CONFINE_ENGINE", "auto");
        }

        Confine requiring() {
            return confine().env("CONFINE_ENGINE", "require");
        }

        String status() {
            return confine().run("engine", "status").success().out();
        }

        long pid() {
            return Long.parseLong(value("process"));
        }

        String value(String key) {
            return status().lines()
                    .filter(line -> line.startsWith(key + ": "))
                    .map(line -> line.substring(key.length() + 2))
                    .findFirst()
                    .orElse("0");
        }

        @Override
        public void close() {
            confine().run("engine", "stop").success();
        }
    }

    private static Running start(As as, String... settings) {
        as.require();
        Path directory = Scratch.current().unused("engine", as);
        Scratch.chmod(directory, "rwx------");
        Running running = new Running(as, directory.resolve("engine.sock"));
        Confine confine = running.confine();
        for (int i = 0; i < settings.length; i += 2) {
            confine.env(settings[i], settings[i + 1]);
        }
        assertThat(confine.run("engine", "start").output()).matches("engine [0-9]+ answers at " + running.socket);
        return running;
    }

    @AsEach
    void engine_once_answersAndStops(As as) {
        try (Running running = start(as)) {
            Bundle bundle = Bundle.of(as).script("echo out; echo err >&2; exit 7");
            Result result = bundle.run(running.requiring());
            assertThat(result.exit()).isEqualTo(7);
            assertThat(result.out()).isEqualTo("out\n");
            assertThat(result.err()).isEqualTo("err\n");
            assertThat(running.value("answered")).isEqualTo("1");
            assertThat(running.confine().run("engine", "start").output()).endsWith("already");
        }
        Confine none = Confine.as(as).env("CONFINE_ENGINE_SOCKET", "/nowhere");
        none.run("engine", "status").refusal("no engine answers at /nowhere", "confine engine start");
        assertThat(none.run("engine", "stop").output()).isEqualTo("no engine answers at /nowhere");
    }

    @AsEach
    void engine_thatIsRequiredAndMissing_isAnErrorThatSaysHow(As as) {
        Bundle bundle = Bundle.of(as);
        Confine none = Confine.as(as).env("CONFINE_ENGINE_SOCKET", "/nowhere").env("CONFINE_ENGINE", "require");
        bundle.run(none).refusal("confine.engine=require", "confine engine start");
        none.run("backends").refusal("confine.engine=require");
        bundle.run(Confine.as(as).env("CONFINE_ENGINE", "maybe"))
                .refusal("confine.engine", "maybe", "auto, off or require");
    }

    @Test
    void engine_thatIsOff_isNotAsked() {
        try (Running running = start(As.USER)) {
            Bundle.of(As.USER)
                    .run(running.confine().env("CONFINE_ENGINE", "off"))
                    .success();
            assertThat(running.value("answered")).isEqualTo("0");
        }
    }

    @Test
    void command_thatIsNotTheEngines_isDoneWithoutIt() {
        try (Running running = start(As.ROOT)) {
            assertThat(running.requiring().run("backends").success().out()).contains("newuidmap");
            assertThat(running.value("left to a cold JVM")).isEqualTo("1");
            Bundle bundle = Bundle.of(As.ROOT).args("missing");
            Result result = bundle.run(running.requiring(), "--no-such-flag");
            result.refusal("--no-such-flag");
        }
    }

    @Test
    void caller_inOtherNamespaces_isNotAnswered() {
        try (Running running = start(As.ROOT)) {
            Bundle bundle = Bundle.of(As.ROOT).args("echo", "ran");
            Result result = bundle.run(running.confine().before("unshare", "--mount"));
            assertThat(result.output()).isEqualTo("ran");
            assertThat(bundle.run(running.confine().before("unshare", "--uts")).output())
                    .isEqualTo("ran");
            bundle.run(running.requiring().before("unshare", "--ipc")).refusal("confine.engine=require");
            assertThat(running.status()).contains("answered: 0", "refused: ns/mnt: 1", "refused: ns/uts: 1");
        }
    }

    @Test
    void caller_withOtherRights_isNotAnswered() {
        try (Running running = start(As.ROOT)) {
            Bundle bundle = Bundle.of(As.ROOT).args("echo", "ran");
            assertThat(bundle.run(running.confine().before("setpriv", "--no-new-privs"))
                            .output())
                    .isEqualTo("ran");
            bundle.run(running.confine().before("setpriv", "--bounding-set", "-sys_time"));
            assertThat(running.status()).contains("answered: 0", "refused: NoNewPrivs: 1", "refused: CapPrm: 1");
        }
    }

    @Test
    void caller_ofAnotherUser_isNotAnswered() {
        As.USER.require();
        try (Running running = start(As.ROOT)) {
            Scratch.chmod(Objects.requireNonNull(running.socket.getParent()), "rwxrwxrwx");
            Scratch.chmod(running.socket, "rwxrwxrwx");
            Bundle bundle = Bundle.of(As.USER).args("echo", "ran");
            Confine user = Confine.as(As.USER)
                    .env("CONFINE_ENGINE_SOCKET", running.socket.toString())
                    .env("CONFINE_ENGINE", "auto");
            assertThat(bundle.run(user).output()).isEqualTo("ran");
            assertThat(running.value("answered")).isEqualTo("0");
        }
    }

    @Test
    void launcher_ofAnotherBuild_isNotAnswered() {
        try (Running running = start(As.USER)) {
            Path other = Scratch.current().path("other");
            Command.run("cp", "-a", Scratch.distribution().toString(), other.toString())
                    .success();
            Bundle bundle = Bundle.of(As.USER).args("echo", "ran");
            assertThat(bundle.run(running.confine().program(other.resolve("bin/confine")))
                            .output())
                    .isEqualTo("ran");
            assertThat(running.value("refused: build")).isEqualTo("1");
        }
    }

    @AsEach
    void engine_thatIsKilled_leavesContainersAndTheNextCommandStartsAJvm(As as) {
        Running running = start(as);
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run(running.requiring(), "--detach").success();
        Command.run("kill", "-KILL", Long.toString(running.pid())).success();
        assertThat(bundle.confine(running.confine(), "state", bundle.id())
                        .success()
                        .out())
                .contains("\"status\": \"running\"");
        bundle.confine(running.confine(), "delete", "--force", bundle.id()).success();
    }

    @AsEach
    void engine_thatIsKilledWhileACommandIsUnderWay_leavesNothingOfIt(As as) {
        Running running = start(as);
        Path hook = bundleHook(as);
        Bundle bundle = Bundle.of(as).add("/hooks/createRuntime", "{path: '/bin/sh', args: ['sh', '" + hook + "']}");
        Command.Running command = bundle.start(running.requiring(), "--detach");
        Eventually.holds("the hook runs", () -> Files.exists(hook.resolveSibling("runs")));
        Command.run("kill", "-KILL", Long.toString(running.pid())).success();
        Result result = command.await();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("the engine ended unexpectedly");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    private static Path bundleHook(As as) {
        Path directory = Scratch.current().directory("hook", as);
        Scratch.chmod(directory, "rwxrwxrwx");
        return Scratch.write(directory.resolve("hook"), "touch " + directory.resolve("runs") + "; sleep 3\n");
    }

    @Test
    void engine_thatIsStopped_finishesWhatItHasBegun() {
        Running running = start(As.ROOT);
        Path hook = bundleHook(As.ROOT);
        Bundle bundle = Bundle.of(As.ROOT)
                .args("echo", "ran")
                .add("/hooks/createRuntime", "{path: '/bin/sh', args: ['sh', '" + hook + "']}");
        Command.Running command = bundle.start(running.requiring());
        Eventually.holds("the hook runs", () -> Files.exists(hook.resolveSibling("runs")));
        running.close();
        assertThat(command.await().output()).isEqualTo("ran");
        Eventually.holds("the socket is gone", () -> !Files.exists(running.socket));
    }

    @Test
    void engine_withoutCallers_ends() {
        Running running = start(As.USER, "CONFINE_ENGINE_IDLE", "1");
        Eventually.holds("the socket is gone", () -> !Files.exists(running.socket));
        start(As.USER, "CONFINE_ENGINE_IDLE", "1");
    }

    @Test
    void callers_beyondItsLimits_startAJvm() throws InterruptedException {
        try (Running running = start(As.ROOT, "CONFINE_ENGINE_CALLERS", "1", "CONFINE_ENGINE_QUEUE", "1")) {
            List<Command.Running> commands = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Bundle bundle = Bundle.of(As.ROOT).args("echo", "ran");
                commands.add(bundle.start(running.confine()));
            }
            for (Command.Running command : commands) {
                assertThat(command.await().output()).isEqualTo("ran");
            }
        }
    }

    @AsEach
    void manyCallersAtOnce_areAllAnswered(As as) {
        try (Running running = start(as)) {
            List<Command.Running> commands = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Bundle bundle = Bundle.of(as).args("echo", "ran");
                commands.add(bundle.start(running.requiring()));
            }
            for (Command.Running command : commands) {
                assertThat(command.await().output()).isEqualTo("ran");
            }
            assertThat(running.value("answered")).isEqualTo("24");
        }
    }

    @Test
    void settings_ofACaller_areReadForIt() {
        try (Running running = start(As.USER)) {
            Path state = Scratch.current().state(As.USER);
            Confine confine = running.requiring().env("CONFINE_ROOT", state.toString());
            Bundle bundle = Bundle.of(As.USER).args("sleep", "100").write();
            confine.run("run", "--detach", "--bundle", bundle.directory().toString(), "one")
                    .success();
            assertThat(Scratch.names(state)).containsExactly("one");
            confine.run("delete", "--force", "one").success();
            assertThat(running.value("answered")).isEqualTo("2");
        }
    }

    @AsEach
    @Requires("python")
    void engine_withASocketOfAServiceManager_takesItAndSaysThatItIsReady(As as) {
        as.require();
        Path directory = Scratch.current().unused("activated", as);
        Scratch.chmod(directory, "rwx------");
        Path script = Scratch.write(Scratch.current().path("activate.py"), """
                import os, socket, subprocess, sys
                os.chdir(sys.argv[1])
                listener = socket.socket(socket.AF_UNIX); listener.bind('engine.sock'); listener.listen(8)
                notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); notify.bind('notify'); notify.settimeout(30)
                def start():
                    os.environ['LISTEN_PID'] = str(os.getpid())
                    os.dup2(listener.fileno(), 3)
                    os.set_inheritable(3, True)
                os.environ.update(LISTEN_FDS='1', NOTIFY_SOCKET=sys.argv[1] + '/notify', CONFINE_ENGINE_SOCKET=sys.argv[1] + '/engine.sock')
                shell = 'LISTEN_PID=$$ exec "$0" engine run'
                engine = subprocess.Popen(['sh', '-c', shell, sys.argv[2]], close_fds=False, preexec_fn=start)
                print(notify.recv(100).decode())
                sys.stdout.flush()
                answer = subprocess.run([sys.argv[2], 'engine', 'status'], stdout=subprocess.PIPE, text=True)
                print(answer.stdout.splitlines()[0] == 'process: %d' % engine.pid)
                engine.terminate()
                print(engine.wait() in (0, 143))
                print(os.path.exists('engine.sock'))
                """);
        Result result = Command.of(Command.words(
                        as.prefix(),
                        "python3",
                        script.toString(),
                        directory.toString(),
                        Scratch.distribution() + "/bin/confine"))
                .run();
        assertThat(result.output()).isEqualTo("READY=1\nTrue\nTrue\nTrue");
    }
}
