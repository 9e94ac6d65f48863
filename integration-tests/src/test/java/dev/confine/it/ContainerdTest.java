package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** containerd, whose shim for runc starts confine. */
@Containers
@Requires({"root", "containerd", "python"})
final class ContainerdTest {
    private static final String IMAGE = "docker.io/library/busybox:latest";
    /** Makes the archive of an image of a tar archive of files, as docker-save(1) writes it. */
    private static final String ARCHIVE =
            """
            import hashlib, io, json, sys, tarfile
            source, target, name = sys.argv[1:]
            layer = open(source, 'rb').read()
            config = json.dumps({'architecture': %s, 'os': 'linux', 'config': {'Env': ['PATH=/bin'], 'Cmd': ['sleep', '1000']},
                'rootfs': {'type': 'layers', 'diff_ids': ['sha256:' + hashlib.sha256(layer).hexdigest()]}}).encode()
            manifest = json.dumps([{'Config': 'config.json', 'RepoTags': [name], 'Layers': ['layer.tar']}]).encode()
            with tarfile.open(target, 'w') as archive:
                for path, content in (('config.json', config), ('layer.tar', layer), ('manifest.json', manifest)):
                    entry = tarfile.TarInfo(path)
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
            """.formatted("'arm64' if __import__('os').uname().machine == 'aarch64' else 'amd64'");

    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        SANDBOX.serve("containerd");
        Eventually.holds("containerd answers", () -> ctr("version").exit() == 0);
        makeImage(SANDBOX);
        ctr("images", "import", "--snapshotter=native", "/var/image.tar").success();
    }

    /** The archive /var/image.tar of an image with busybox. */
    static void makeImage(Sandbox sandbox) {
        sandbox.run("python3", "-c", ARCHIVE, sandbox.image(), "/var/image.tar", IMAGE)
                .success();
    }

    private static Result ctr(String... words) {
        return SANDBOX.run(Command.words(List.of("ctr"), words).toArray(String[]::new));
    }

    private static List<String> runWords(String... words) {
        return Command.words(
                List.of(
                        "ctr",
                        "run",
                        "--snapshotter=native",
                        "--runtime=io.containerd.runc.v2",
                        "--runc-binary=" + Sandbox.confine()),
                words);
    }

    private static Result run(String... words) {
        return SANDBOX.run(runWords(words).toArray(String[]::new));
    }

    @Test
    void run_hasTheProgramsOutputAndExitCode() {
        assertThat(run("--rm", IMAGE, "one", "echo", "hello").output()).isEqualTo("hello");
        assertThat(run("--rm", IMAGE, "two", "sh", "-c", "exit 7").exit()).isEqualTo(7);
        Result missing = run("--rm", IMAGE, "three", "missing");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("exec: \"missing\": executable file not found in $PATH");
    }

    @Test
    void limits_areThoseOfTheCgroup() {
        run("--detach", "--memory-limit=33554432", IMAGE, "limited", "sleep", "1000")
                .success();
        String script =
                "cd /sys/fs/cgroup; cat memory/default/limited/memory.limit_in_bytes default/limited/memory.max 2>&-; :";
        assertThat(SANDBOX.run("sh", "-c", script).output()).isEqualTo("33554432");
        end("limited");
    }

    @Test
    void terminal_isTheCallers() {
        Result typed = Pty.of(As.ROOT)
                .expect("# ")
                .send("stty size; exit 3\n")
                .run(SANDBOX.words(
                        As.ROOT, runWords("--rm", "--tty", IMAGE, "typed", "sh").toArray(String[]::new)));
        assertThat(typed.exit()).as(typed.out()).isEqualTo(3);
        assertThat(typed.out()).contains("24 80");
    }

    @Test
    void task_isExecutedInAndKilled() {
        run("--detach", IMAGE, "box", "sleep", "1000").success();
        assertThat(status("box")).isEqualTo("RUNNING");
        String seen = SANDBOX.run(Sandbox.confine(), "ns", "--json", "--type=pid")
                .success()
                .out();
        assertThat(seen.replaceAll("\\s", "")).contains("{\"engine\":\"containerd\",\"id\":\"box\"}");
        assertThat(ctr("tasks", "exec", "--exec-id=one", "box", "id", "-u").output())
                .isEqualTo("0");
        assertThat(ctr("tasks", "exec", "--exec-id=two", "box", "sh", "-c", "exit 5")
                        .exit())
                .isEqualTo(5);
        assertThat(ctr("tasks", "exec", "--exec-id=three", "box", "missing").err())
                .contains("exec: \"missing\": executable file not found in $PATH");
        end("box");
    }

    @Test
    void task_isWatched() {
        run("--detach", IMAGE, "watched", "sleep", "1000").success();
        assertThat(ctr("tasks", "ps", "watched").success().out()).containsPattern("(?m)^\\d+ ");
        assertThat(ctr("tasks", "metrics", "watched").success().out()).contains("pids.current");
        end("watched");
    }

    @Test
    void task_isPaused() {
        run("--detach", IMAGE, "paused", "sleep", "1000").success();
        ctr("tasks", "pause", "paused").success();
        assertThat(status("paused")).isEqualTo("PAUSED");
        ctr("tasks", "resume", "paused").success();
        assertThat(status("paused")).isEqualTo("RUNNING");
        end("paused");
    }

    private static void end(String name) {
        ctr("tasks", "kill", "--signal=SIGKILL", name).success();
        Eventually.holds("the task stops", () -> status(name).equals("STOPPED"));
        assertThat(ctr("tasks", "delete", name).err()).contains("137");
        ctr("containers", "delete", name).success();
    }

    private static String status(String name) {
        return ctr("tasks", "ls")
                .out()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.split("\\s+")[2])
                .findFirst()
                .orElse("none");
    }
}
