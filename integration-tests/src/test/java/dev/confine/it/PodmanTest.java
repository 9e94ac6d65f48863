package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** podman as root, with confine as its runtime. */
@Containers
@Requires({"root", "podman"})
final class PodmanTest {
    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        PodmanSettings.write(SANDBOX);
        podman("import", SANDBOX.image(), "busybox").success();
    }

    private static Result podman(String... words) {
        return SANDBOX.run(Command.words(List.of("podman"), words).toArray(String[]::new));
    }

    /** {@code podman run --rm} without a network. */
    private static Result run(String... words) {
        List<String> first = List.of("podman", "run", "--rm", "--network", "none");
        return SANDBOX.run(Command.words(first, words).toArray(String[]::new));
    }

    @Test
    void network_isNoneTheHostsOrABridge() {
        String interfaces = "ls /sys/class/net | tr '\\n' ' '";
        assertThat(run("busybox", "sh", "-c", interfaces).output()).isEqualTo("lo");
        assertThat(podman("run", "--rm", "--network", "host", "busybox", "sh", "-c", interfaces)
                        .output())
                .contains("lo");
        Result bridge =
                podman("run", "--rm", "--network", "bridge", "busybox", "sh", "-c", "ip route; cat /etc/resolv.conf");
        assertThat(bridge.success().out()).contains("default via", "dev eth0");
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
    }

    @Test
    void options_areThereInside() {
        String script =
                "id -u; id -g; pwd; echo $NAME; hostname; ulimit -n; grep -c ' /data ' /proc/mounts; touch /x; echo $?;"
                        + " grep NoNewPrivs /proc/self/status; grep CapEff /proc/self/status; cat /proc/sys/net/ipv4/ip_forward; ls /dev/fuse";
        Result result = run(
                "--user=1000:1000",
                "--workdir=/tmp",
                "--env=NAME=value",
                "--hostname=host",
                "--tmpfs=/data",
                "--read-only",
                "--security-opt=no-new-privileges",
                "--cap-drop=all",
                "--ulimit=nofile=100:100",
                "--ulimit=nproc=100:100",
                "--sysctl=net.ipv4.ip_forward=1",
                "--device=/dev/fuse",
                "busybox",
                "sh",
                "-c",
                script);
        assertThat(result.success().out().replaceAll("\\s+", " ").strip())
                .isEqualTo("1000 1000 /tmp value host 100 1 1 NoNewPrivs: 1 CapEff: 0000000000000000 1 /dev/fuse");
    }

    @Test
    void limits_areThoseOfTheCgroup() {
        String script =
                "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max pids/pids.max pids.max cpu/cpu.cfs_quota_us cpu.max";
        Result result =
                run("--memory=32m", "--pids-limit=50", "--cpus=0.5", "busybox", "sh", "-c", script + " 2>&-; :");
        assertThat(result.out().strip().split("\\s+")).contains("33554432", "50", "50000");
    }

    @Test
    void userNamespace_hasTheMap() {
        String output = run(
                        "--uidmap=0:500000:65536",
                        "busybox",
                        "sh",
                        "-c",
                        "cat /proc/self/uid_map; touch /tmp/mine && id -u")
                .output();
        assertThat(output.replaceAll("\\s+", " ").strip()).isEqualTo("0 500000 65536 0");
    }

    @Test
    void streams_areTheCallers() {
        Result piped = SANDBOX.runWith(
                "in\n", "podman", "run", "--rm", "-i", "--network=none", "busybox", "sh", "-c", "cat; echo err >&2");
        assertThat(piped.out()).isEqualTo("in\n");
        assertThat(piped.err()).isEqualTo("err\n");
        assertThat(run("-t", "busybox", "tty").output()).isEqualTo("/dev/pts/0");
        Result typed = Pty.of(As.ROOT)
                .expect("# ")
                .send("stty size; exit 3\n")
                .run(SANDBOX.words(As.ROOT, "podman", "run", "--rm", "-it", "--network=none", "busybox", "sh"));
        assertThat(typed.exit()).as(typed.out()).isEqualTo(3);
        assertThat(typed.out()).contains("24 80");
    }

    @Test
    void container_isExecutedIn() {
        start();
        assertThat(podman("exec", "box", "cat", "/proc/1/comm").output()).isEqualTo("podman-init");
        execs();
        assertThat(podman("top", "box").success().out()).contains("sleep 1000");
        remove();
    }

    @Test
    void container_isWatched() {
        start();
        assertThat(podman("stats", "--no-stream", "--format={{.Name}} {{.PIDs}}", "box")
                        .output())
                .isEqualTo("box 2");
        remove();
    }

    @Test
    void container_isKnownByItsNamespacesAndIds() {
        podman(
                        "run",
                        "-d",
                        "--name=box",
                        "--network=none",
                        "--uidmap=0:500000:1000",
                        "--gidmap=0:500000:1000",
                        "busybox",
                        "sleep",
                        "1000")
                .success();
        String pid = podman("inspect", "--format={{.State.Pid}}", "box").output();
        String id = podman("inspect", "--format={{.Id}}", "box").output();
        JsonNode one = Config.parse(SANDBOX.run(Sandbox.confine(), "ns", "--json", "--type=user", "--pid=" + pid)
                        .success()
                        .out())
                .at("/namespaces/0");
        assertThat(one.path("container").toString())
                .isEqualTo("{\"engine\":\"podman\",\"id\":\"" + id + "\",\"name\":\"box\"}");
        assertThat(one.at("/uidMap/0/outside").asLong()).isEqualTo(500_000);
        assertThat(SANDBOX.run(Sandbox.confine(), "ids", "-u", pid, "7").output())
                .contains("500007");
        remove();
    }

    @Test
    void container_isPausedAndUpdated() {
        start();
        podman("pause", "box").success();
        assertThat(status()).isEqualTo("paused");
        podman("unpause", "box").success();
        assertThat(status()).isEqualTo("running");
        podman("update", "--memory=50m", "box").success();
        String script = "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>&-; :";
        assertThat(podman("exec", "box", "sh", "-c", script).output()).isEqualTo("52428800");
        remove();
    }

    @Test
    void container_isRestartedAndStopped() {
        start();
        podman("restart", "--time=1", "box").success();
        assertThat(status()).isEqualTo("running");
        podman("kill", "--signal=WINCH", "box").success();
        podman("stop", "--time=5", "box").success();
        assertThat(podman("inspect", "--format={{.State.Status}} {{.State.ExitCode}}", "box")
                        .output())
                .isEqualTo("exited 143");
        podman("start", "box").success();
        remove();
    }

    private static void start() {
        podman("run", "-d", "--init", "--name=box", "--network=none", "busybox", "sleep", "1000")
                .success();
    }

    private static void remove() {
        podman("rm", "--force", "--time=0", "box").success();
    }

    private static String status() {
        return podman("inspect", "--format={{.State.Status}}", "box").output();
    }

    private static void execs() {
        assertThat(podman("exec", "box", "sh", "-c", "exit 5").exit()).isEqualTo(5);
        assertThat(podman("exec", "box", "missing").exit()).isEqualTo(127);
        assertThat(podman("exec", "box", "/etc").exit()).isEqualTo(126);
        assertThat(podman(
                                "exec",
                                "--user=1000",
                                "--workdir=/tmp",
                                "--env=A=b",
                                "box",
                                "sh",
                                "-c",
                                "id -u; pwd; echo $A")
                        .output())
                .isEqualTo("1000\n/tmp\nb");
        assertThat(podman("exec", "-t", "box", "tty").output()).isEqualTo("/dev/pts/0");
        assertThat(SANDBOX.runWith("in\n", "podman", "exec", "-i", "box", "cat").output())
                .isEqualTo("in");
        podman("exec", "-d", "box", "sh", "-c", "echo done >/tmp/done").success();
        Eventually.holds(
                "the detached command",
                () -> podman("exec", "box", "cat", "/tmp/done").exit() == 0);
    }

    @Test
    void pod_sharesItsNamespaces() {
        podman("pod", "create", "--name=pod", "--network=none").success();
        podman("run", "-d", "--pod=pod", "--name=first", "busybox", "sleep", "1000")
                .success();
        assertThat(podman("run", "--rm", "--pod=pod", "busybox", "hostname").output())
                .isEqualTo("pod");
        podman("pod", "rm", "--force", "--time=0", "pod").success();
    }

    @Test
    void privilegedContainer_hasTheHostsDevices() {
        assertThat(run("--privileged", "busybox", "sh", "-c", "ls /dev/kmsg; readlink /dev/ptmx")
                        .output())
                .isEqualTo("/dev/kmsg\npts/ptmx");
    }

    @Test
    void build_runsItsCommandsWithConfine() {
        SANDBOX.write(
                "/var/build/Containerfile",
                "FROM localhost/busybox\nRUN echo built >/made\nCMD [\"cat\", \"/made\"]\n");
        podman("build", "--isolation=oci", "--network=none", "--tag=made", "/var/build")
                .success();
        assertThat(run("localhost/made").output()).isEqualTo("built");
    }
}
