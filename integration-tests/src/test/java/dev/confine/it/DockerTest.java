package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Docker, with confine as its default runtime. */
@Containers
@Requires({"root", "docker"})
final class DockerTest {
    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        SANDBOX.write("/etc/docker/daemon.json", """
                {
                  "runtimes": {"confine": {"path": "%s"}},
                  "default-runtime": "confine",
                  "exec-opts": ["native.cgroupdriver=cgroupfs"],
                  "default-ulimits": {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 20000}},
                  "storage-driver": "vfs"
                }
                """.formatted(Sandbox.confine()));
        SANDBOX.serve("dockerd");
        Eventually.holds("dockerd answers", () -> docker("version").exit() == 0);
        docker("import", SANDBOX.image(), "busybox").success();
    }

    private static Result docker(String... words) {
        return SANDBOX.run(Command.words(List.of("docker"), words).toArray(String[]::new));
    }

    private static Result run(String... words) {
        List<String> first = List.of("docker", "run", "--rm", "--network=none");
        return SANDBOX.run(Command.words(first, words).toArray(String[]::new));
    }

    @Test
    void daemon_knowsConfine() {
        String info = docker("info").success().out();
        assertThat(info).contains("Default Runtime: confine");
    }

    @Test
    void network_isNoneTheHostsOrABridge() {
        String interfaces = "ls /sys/class/net | tr '\\n' ' '";
        assertThat(run("busybox", "sh", "-c", interfaces).output()).isEqualTo("lo");
        assertThat(docker("run", "--rm", "--network=host", "busybox", "ls", "/sys/class/net")
                        .output())
                .contains("docker0");
        assertThat(docker("run", "--rm", "busybox", "ip", "route").output()).contains("default via", "dev eth0");
    }

    @Test
    void exitCode_isTheProgramsOrSaysWhyThereIsNone() {
        assertThat(run("busybox", "sh", "-c", "exit 7").exit()).isEqualTo(7);
        Result directory = run("busybox", "/etc");
        assertThat(directory.exit()).isEqualTo(126);
        assertThat(directory.err()).contains("permission denied");
        Result missing = run("busybox", "missing");
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.err()).contains("executable file not found");
        assertThat(run("busybox", "/missing").exit()).isEqualTo(127);
    }

    @Test
    void container_isKnownByItsNamespaces() {
        String id = docker("run", "-d", "--name=known", "--network=none", "busybox", "sleep", "1000")
                .output();
        String pid = docker("inspect", "--format={{.State.Pid}}", "known").output();
        assertThat(SANDBOX.run(Sandbox.confine(), "ns", "--json", "--pid=" + pid)
                        .success()
                        .out()
                        .replaceAll("\\s", ""))
                .contains("{\"engine\":\"docker\",\"id\":\"" + id + "\"}");
        docker("rm", "--force", "known").success();
    }

    @Test
    void options_areThereInside() {
        String script =
                "id -u; pwd; hostname; ulimit -n; grep -c ' /data ' /proc/mounts; grep NoNewPrivs /proc/self/status;"
                        + " cat /proc/sys/net/ipv4/ip_forward; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>&-; :";
        Result result = run(
                "--user=1000:1000",
                "--workdir=/tmp",
                "--hostname=host",
                "--tmpfs=/data",
                "--init",
                "--read-only",
                "--memory=32m",
                "--security-opt=no-new-privileges",
                "--sysctl=net.ipv4.ip_forward=1",
                "busybox",
                "sh",
                "-c",
                script);
        assertThat(result.success().out().replaceAll("\\s+", " ").strip())
                .isEqualTo("1000 /tmp host 1024 1 NoNewPrivs: 1 1 33554432");
    }

    @Test
    void streams_areTheCallers() {
        Result piped =
                SANDBOX.runWith("in\n", "docker", "run", "--rm", "-i", "busybox", "sh", "-c", "cat; echo err >&2");
        assertThat(piped.out()).isEqualTo("in\n");
        assertThat(piped.err()).isEqualTo("err\n");
        Result typed = Pty.of(As.ROOT)
                .expect("# ")
                .send("exit 3\n")
                .run(SANDBOX.words(As.ROOT, "docker", "run", "--rm", "-it", "busybox", "sh"));
        assertThat(typed.exit()).as(typed.out()).isEqualTo(3);
    }

    @Test
    void container_isExecutedIn() {
        docker("run", "-d", "--name=exec", "busybox", "sleep", "1000").success();
        assertThat(docker("exec", "exec", "id", "-u").output()).isEqualTo("0");
        assertThat(docker("exec", "exec", "sh", "-c", "exit 5").exit()).isEqualTo(5);
        Result missing = docker("exec", "exec", "missing");
        assertThat(missing.exit()).isEqualTo(126);
        assertThat(missing.out()).contains("executable file not found");
        assertThat(docker("exec", "-t", "exec", "tty").output()).isEqualTo("/dev/pts/0");
        assertThat(SANDBOX.runWith("in\n", "docker", "exec", "-i", "exec", "cat")
                        .output())
                .isEqualTo("in");
        assertThat(docker("top", "exec").success().out()).contains("sleep 1000");
        docker("rm", "--force", "exec").success();
    }

    @Test
    void container_isWatched() {
        docker("run", "-d", "--name=watched", "busybox", "sleep", "1000").success();
        assertThat(docker("stats", "--no-stream", "--format={{.Name}} {{.PIDs}}", "watched")
                        .output())
                .isEqualTo("watched 1");
        docker("rm", "--force", "watched").success();
    }

    @Test
    void container_isPausedAndUpdated() {
        docker("run", "-d", "--name=box", "busybox", "sleep", "1000").success();
        docker("pause", "box").success();
        assertThat(status()).isEqualTo("paused");
        docker("unpause", "box").success();
        assertThat(status()).isEqualTo("running");
        docker("update", "--memory=50m", "--memory-swap=-1", "box").success();
        docker("rm", "--force", "box").success();
    }

    @Test
    void container_isRestartedAndStopped() {
        docker("run", "-d", "--name=again", "busybox", "sleep", "1000").success();
        docker("restart", "--time=1", "again").success();
        docker("kill", "--signal=WINCH", "again").success();
        docker("stop", "--time=1", "again").success();
        assertThat(docker("inspect", "--format={{.State.Status}} {{.State.ExitCode}}", "again")
                        .output())
                .isEqualTo("exited 137");
        docker("start", "again").success();
        docker("rm", "--force", "again").success();
    }

    @Test
    void processesOfTheHostsPidNamespace_endWithTheContainer() {
        String id = "sleep 4711";
        run("--pid=host", "busybox", "sh", "-c", id + " & exit 0").success();
        Eventually.holds(
                "all end", () -> !SANDBOX.run("ps", "-eo", "args=").out().contains(id));
    }

    @Test
    void build_runsItsCommandsWithConfine() {
        SANDBOX.write("/var/build/Dockerfile", "FROM busybox\nRUN echo built >/made\n");
        SANDBOX.run("env", "DOCKER_BUILDKIT=0", "docker", "build", "--tag=made", "/var/build")
                .success();
        assertThat(run("made", "cat", "/made").output()).isEqualTo("built");
    }

    private static String status() {
        return docker("inspect", "--format={{.State.Status}}", "box").output();
    }
}
