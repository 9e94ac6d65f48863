package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** buildah, which runs the commands of a build in containers. */
@Containers
@Requires({"root", "user", "buildah"})
final class BuildahTest {
    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        PodmanSettings.write(SANDBOX);
        SANDBOX.own(Sandbox.home());
        SANDBOX.own("/run/user/" + As.USER.uid());
        SANDBOX.write("/var/build/Containerfile", "FROM scratch\nADD image.tar /\nRUN id -u >/made\n");
        SANDBOX.run("cp", SANDBOX.image(), "/var/build/image.tar").success();
    }

    private static Result buildah(As as, String verb, String... words) {
        return SANDBOX.run(as, Command.words(List.of("buildah", verb), words).toArray(String[]::new));
    }

    /** The isolation that has an ordinary user's network too is called rootless. */
    private static Result run(As as, String... words) {
        List<String> first = List.of("--isolation=" + isolation(as), "--runtime=" + Sandbox.confine());
        return buildah(as, "run", Command.words(first, words).toArray(String[]::new));
    }

    private static String isolation(As as) {
        return as == As.ROOT ? "oci" : "rootless";
    }

    @AsEach
    void build_runsItsCommandsWithConfine(As as) {
        buildah(
                        as,
                        "build",
                        "--isolation=" + isolation(as),
                        "--runtime=" + Sandbox.confine(),
                        "--tag=made",
                        "/var/build")
                .success();
        buildah(as, "from", "--name=box", "localhost/made").success();
        assertThat(run(as, "box", "cat", "/made").success().out()).isEqualTo("0\n");
        assertThat(run(as, "--tty", "box", "tty").success().out().strip()).isEqualTo("/dev/pts/0");
        assertThat(run(as, "box", "sh", "-c", "exit 7").exit()).isEqualTo(7);
        assertThat(run(as, "box", "missing").err()).contains("executable file not found in $PATH");
        buildah(as, "rm", "box").success();
    }
}
