package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** podman as an ordinary user: it runs confine as root of a user namespace of its own. */
@Containers
@Requires({"root", "user", "podman"})
final class PodmanRootlessTest {
    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        PodmanSettings.write(SANDBOX);
        SANDBOX.own(Sandbox.home());
        SANDBOX.own("/run/user/" + As.USER.uid());
        podman("import", SANDBOX.image(), "busybox").success();
    }

    private static Result podman(String... words) {
        return SANDBOX.run(As.USER, Command.words(List.of("podman"), words).toArray(String[]::new));
    }

    @Test
    void run_hasTheUsersMapAndANetwork() {
        Result result = podman("run", "--rm", "busybox", "sh", "-c", "cat /proc/self/uid_map; ip route");
        assertThat(result.success().out().replaceAll(" +", " "))
                .contains(" 0 " + As.USER.uid() + " 1\n", "default via");
    }

    @Test
    void keepId_isTheUserInside() {
        assertThat(podman(
                                "run",
                                "--rm",
                                "--network=none",
                                "--userns=keep-id",
                                "busybox",
                                "sh",
                                "-c",
                                "id -u; touch /tmp/x && stat -c %u /tmp/x")
                        .output())
                .isEqualTo(As.USER.uid() + "\n" + As.USER.uid());
    }

    /** podman's own user namespace is between the container's and the host's. */
    @Test
    void idsOfKeepId_areFollowedThroughPodmansNamespace() {
        podman("run", "-d", "--name=kept", "--network=none", "--userns=keep-id", "busybox", "sleep", "1000")
                .success();
        String pid = podman("inspect", "--format={{.State.Pid}}", "kept").output();
        String uid = Long.toString(As.USER.uid());
        JsonNode document = Config.parse(SANDBOX.run(As.USER, Sandbox.confine(), "ids", "--json", "-u", pid, uid)
                .output());
        assertThat(document.path("levels")).hasSize(3);
        assertThat(document.at("/ids/0/at/0/id").asText()).isEqualTo(uid);
        assertThat(document.at("/ids/0/at/1/id").asLong()).isZero();
        assertThat(document.at("/ids/0/at/2/id").asText()).isEqualTo(uid);
        podman("rm", "--force", "--time=0", "kept").success();
    }

    @Test
    void exitCode_isTheProgramsOrSaysWhyThereIsNone() {
        assertThat(podman("run", "--rm", "--network=none", "busybox", "sh", "-c", "exit 7")
                        .exit())
                .isEqualTo(7);
        assertThat(podman("run", "--rm", "--network=none", "busybox", "/etc").exit())
                .isEqualTo(126);
        assertThat(podman("run", "--rm", "--network=none", "busybox", "missing").exit())
                .isEqualTo(127);
    }

    @Test
    void container_isExecutedInAndManaged() {
        podman("run", "-d", "--init", "--name=box", "--network=none", "busybox", "sleep", "1000")
                .success();
        assertThat(podman("exec", "box", "id", "-u").output()).isEqualTo("0");
        assertThat(podman("exec", "-t", "box", "tty").output()).isEqualTo("/dev/pts/0");
        assertThat(podman("exec", "box", "sh", "-c", "exit 5").exit()).isEqualTo(5);
        assertThat(podman("top", "box").success().out()).contains("sleep 1000");
        podman("restart", "--time=1", "box").success();
        podman("stop", "--time=5", "box").success();
        assertThat(podman("inspect", "--format={{.State.Status}} {{.State.ExitCode}}", "box")
                        .output())
                .isEqualTo("exited 143");
        podman("rm", "box").success();
    }

    @Test
    void pod_sharesItsNamespaces() {
        podman("pod", "create", "--name=pod", "--network=none").success();
        assertThat(podman("run", "--rm", "--pod=pod", "busybox", "hostname").output())
                .isEqualTo("pod");
        podman("pod", "rm", "--force", "--time=0", "pod").success();
    }

    @Test
    void build_runsItsCommandsWithConfine() {
        SANDBOX.write(
                "/var/build/Containerfile",
                "FROM localhost/busybox\nRUN echo built >/made\nCMD [\"cat\", \"/made\"]\n");
        podman("build", "--isolation=rootless", "--tag=made", "/var/build").success();
        assertThat(podman("run", "--rm", "--network=none", "localhost/made").output())
                .isEqualTo("built");
    }

    @Test
    void settingsOfTheHostsRoot_areObeyed() {
        SANDBOX.write("/etc/confine/confine.properties", "confine.log-level=error\n");
        try {
            assertThat(podman("run", "--rm", "--network=none", "busybox", "echo", "hello")
                            .output())
                    .isEqualTo("hello");
        } finally {
            SANDBOX.run("rm", "/etc/confine/confine.properties").success();
        }
    }
}
