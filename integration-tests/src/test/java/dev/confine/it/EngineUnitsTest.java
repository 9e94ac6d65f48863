package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The units of systemd that come with confine, the system's and a user's: a socket that starts the engine. */
@Containers
@Requires("systemd")
final class EngineUnitsTest {
    private static final String SOCKET = "confine-engine.socket";
    private static final String SERVICE = "confine-engine.service";
    private static final int IDLE = 8 + 2 * Eventually.PATIENCE;

    /** The units where administrators put them, for the distribution under test; they go with the test. */
    private record Units(As as, List<Path> files) implements AutoCloseable {
        static Units enabled(As as) {
            String kind = as == As.ROOT ? "system" : "user";
            Path from = Scratch.distribution().resolve("share/systemd/" + kind);
            Path to = Path.of("/etc/systemd/" + kind);
            Units units = new Units(as, new ArrayList<>());
            for (String name : List.of(SOCKET, SERVICE)) {
                String text = Scratch.read(from.resolve(name));
                units.write(to.resolve(name), text.replace("/usr/local/bin/confine", Sandbox.confine()));
            }
            units.write(
                    to.resolve(SERVICE + ".d/test.conf"), "[Service]\nEnvironment=CONFINE_ENGINE_IDLE=" + IDLE + "\n");
            Systemctl.run(as, "daemon-reload").success();
            Systemctl.run(as, "enable", "--now", SOCKET).success();
            return units;
        }

        private void write(Path file, String text) {
            try {
                Files.createDirectories(file.getParent());
                files.add(Scratch.write(file, text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Confine confine() {
            String directory = as == As.ROOT ? "/run" : "/run/user/" + as.uid();
            return Confine.as(as)
                    .env("CONFINE_ENGINE", "auto")
                    .env("CONFINE_ENGINE_SOCKET", directory + "/confine/engine.sock");
        }

        boolean is(String state) {
            return Systemctl.property(as, SERVICE, "ActiveState").equals(state);
        }

        /** Commands are answered by the engine that systemd has started; before that is up they do without it. */
        void answers(Bundle bundle) {
            Eventually.holds("the engine answers", () -> {
                assertThat(bundle.run(confine()).output()).isEqualTo("ran");
                String status = confine().run("engine", "status").out();
                return status.contains("process: " + Systemctl.property(as, SERVICE, "MainPID") + "\n")
                        && status.matches("(?s).*\nanswered: [1-9].*");
            });
        }

        @Override
        public void close() {
            Systemctl.run(as, "disable", "--now", SOCKET, SERVICE);
            files.forEach(file -> Command.run("rm", "-f", file.toString()));
            Systemctl.run(as, "reset-failed", SERVICE);
            Systemctl.run(as, "daemon-reload").success();
        }
    }

    @AsEach
    void socket_startsTheEngine_whichEndsWhenIdle_andIsStartedAgain(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "ran");
        try (Units units = Units.enabled(as)) {
            assertThat(units.is("inactive")).isTrue();
            units.answers(bundle);
            Eventually.holds("it ends when nobody calls", () -> units.is("inactive"));
            assertThat(Systemctl.property(as, SERVICE, "Result")).isEqualTo("success");
            units.answers(bundle);
        }
    }

    @AsEach
    void engine_thatIsKilled_losesNothing_andIsStartedAgain(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "ran");
        try (Units units = Units.enabled(as)) {
            units.answers(bundle);
            Bundle other = Bundle.of(as, "other").script("trap 'exit 7' TERM; echo begun; while :; do sleep 0.1; done");
            Command.Running running = other.start(units.confine());
            running.until("begun");
            Systemctl.run(as, "kill", "--signal=KILL", SERVICE).success();
            Eventually.holds("it is gone", () -> !units.is("active"));
            assertThat(other.status()).isEqualTo("running");
            other.confine("kill", other.id(), "TERM").success();
            assertThat(running.await().exit()).isEqualTo(7);
            assertThat(other.confine("list", "-q").output()).isEmpty();
            units.answers(bundle);
        }
    }
}
