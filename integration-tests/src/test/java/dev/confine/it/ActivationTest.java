package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Sockets that systemd has opened, sd_listen_fds(3): they go through to the container's program. */
@Containers
final class ActivationTest {
    private static final String SHOW =
            "echo $LISTEN_FDS $LISTEN_PID $LISTEN_FDNAMES; cat <&3; cat <&4; cat <&5 2>/dev/null || echo closed";

    private static Result run(Bundle bundle, String variables, String... flags) {
        bundle.write();
        String confine = Scratch.distribution().resolve("bin/confine").toString();
        String line = "exec 3<<E 4<<E 5<<E\nthree\nE\nfour\nE\nfive\nE\nexport " + variables + "; exec " + confine
                + " --root "
                + bundle.stateDirectory() + " run --bundle " + bundle.directory() + " " + String.join(" ", flags) + " "
                + bundle.id();
        List<String> words = Command.words(bundle.as().prefix(), "sh", "-c", line);
        return Command.of(words).run();
    }

    @AsEach
    void sockets_ofTheCaller_areThoseOfTheProgram(As as) {
        Bundle bundle = Bundle.of(as).script(SHOW);
        assertThat(run(bundle, "LISTEN_FDS=2 LISTEN_PID=$$ LISTEN_FDNAMES=a:b")
                        .success()
                        .out())
                .isEqualTo("2 1 a:b\nthree\nfour\nclosed\n");
        assertThat(run(bundle, "LISTEN_FDS=2 LISTEN_PID=$$", "--preserve-fds", "1")
                        .success()
                        .out())
                .isEqualTo("2 1\nthree\nfour\nfive\n");
    }

    @AsEach
    void sockets_ofAnotherProcess_stayOutside(As as) {
        Bundle bundle = Bundle.of(as).script("echo $LISTEN_FDS none; cat <&3 2>/dev/null || echo closed");
        assertThat(run(bundle, "LISTEN_FDS=2").success().out()).isEqualTo("2 none\nthree\n");
        assertThat(run(bundle, "LISTEN_FDS=2 LISTEN_PID=1").success().out()).isEqualTo("none\nclosed\n");
    }
}
