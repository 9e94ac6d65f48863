package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What of the caller reaches the container, and what it gets back: stdio, file descriptors, the pid file, detached running. */
@Containers
final class CallerTest {
    @AsEach
    void stdinAndStdout_arePipesOfTheCaller(As as) {
        Bundle bundle = Bundle.of(as).args("tr", "a-z", "A-Z");
        assertThat(bundle.run(Confine.as(as).viaShell("echo hello | \"$@\" | cat"))
                        .output())
                .isEqualTo("HELLO");
    }

    @AsEach
    void largeStream_passesUnchanged(As as) {
        Bundle bundle = Bundle.of(as).args("cat");
        String script = "head -c 20000000 /dev/urandom | tee >(md5sum >&2) | \"$@\" | md5sum";
        Result result =
                bundle.run(Confine.as(as).via("bash", "-c", script, "bash")).success();
        assertThat(result.out()).isNotEmpty().isEqualTo(result.err());
    }

    @AsEach
    void stderr_isTheCallers(As as) {
        Result result = Bundle.of(as).script("echo wrong >&2").run().success();
        assertThat(result.err()).isEqualTo("wrong\n");
    }

    @AsEach
    void pipes_areOpenedAnewByTheUser(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/process/user", "{uid: 1000, gid: 1000}")
                .script("echo out > /dev/stdout; echo err > /proc/self/fd/2");
        Result result = bundle.run(Confine.as(as).viaShell("{ \"$@\" 2>&3 | cat; } 3>&1 | cat"));
        assertThat(result.output().lines()).containsExactlyInAnyOrder("out", "err");
    }

    @AsEach
    void closedStdio_isSafe(As as) {
        Bundle bundle = Bundle.of(as).script("echo something; exit 7");
        Result result = bundle.run(Confine.as(as).viaShell("exec \"$@\" <&- >&- 2>&-"));
        assertThat(result.exit()).isIn(1, 7);
    }

    @AsEach
    void onlyThreeFileDescriptors_areOpen(As as) {
        Bundle bundle = Bundle.of(as).args("ls", "/proc/self/fd");
        String script = "exec \"$@\" 3</etc/passwd 4</ 9</dev/null";
        // 3 is the directory that ls reads
        assertThat(bundle.run(Confine.as(as).viaShell(script)).output()).isEqualTo("0\n1\n2\n3");
        assertThat(bundle.script("readlink /proc/self/fd/3 || echo none")
                        .run(Confine.as(as).viaShell(script))
                        .out())
                .isEqualTo("none\n");
    }

    @AsEach
    void preservedFds_arriveWithTheirNumbers(As as) {
        Bundle bundle = Bundle.of(as).script("cat <&3; cat <&4; cat <&5");
        Path directory = Scratch.current().path();
        Scratch.write(directory.resolve("three"), "3\n");
        Scratch.write(directory.resolve("four"), "4\n");
        Scratch.write(directory.resolve("five"), "5\n");
        String script = "cd " + directory + "; exec \"$@\" 3<three 4<four 5<five";
        Result result = bundle.run(Confine.as(as).viaShell(script), "--preserve-fds", "2");
        assertThat(result.out()).isEqualTo("3\n4\n");
    }

    @AsEach
    void preservedFds_outliveCreate(As as) {
        Bundle bundle = Bundle.of(as).script("cat <&3 > /said");
        Scratch.write(Scratch.current().path("three"), "3\n");
        String script = "exec \"$@\" 3<" + Scratch.current().path("three");
        bundle.create(Confine.as(as).viaShell(script), "--preserve-fds", "1").success();
        bundle.confine("start", bundle.id()).success();
        LifecycleTest.stopped(bundle);
        assertThat(bundle.rootfs().resolve("said")).hasContent("3\n");
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void pidFile_hasThePidOfTheFirstProcess(As as) {
        Bundle bundle = Bundle.of(as);
        Path file = bundle.directory().resolve("pid");
        bundle.create("--pid-file", file.toString()).success();
        assertThat(file).hasContent(Long.toString(bundle.pid()));
        assertThat(Scratch.names(bundle.directory())).containsExactly("config.json", "pid", "rootfs");
        bundle.deleteByForce().success();
    }

    @AsEach
    void pidFile_relative_isInTheCallersDirectory(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create(Confine.as(as).in(bundle.directory()), "--pid-file", "pid")
                .success();
        assertThat(bundle.directory().resolve("pid")).exists();
        bundle.deleteByForce().success();
    }

    @AsEach
    void pidFile_thatCannotBeWritten_isAnErrorAndLeavesNothing(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create("--pid-file", "/proc/nowhere/pid").refusal("/proc/nowhere/pid");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    @AsEach
    void pidFile_ofAFailedCreate_isNotThere(As as) {
        Bundle bundle = Bundle.of(as).args("nosuchprogram");
        Path file = bundle.directory().resolve("pid");
        bundle.create("--pid-file", file.toString()).refusal("nosuchprogram");
        assertThat(file).doesNotExist();
    }

    @AsEach
    void detached_returnsWhileTheProgramRuns(As as) {
        Bundle bundle = Bundle.of(as).script("echo begun; exec sleep 100");
        assertThat(bundle.run("-d").success().exit()).isZero();
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    /** Whoever reaps for the caller gets the container's first process as a child: nothing of ours is between. */
    @AsEach
    void created_isAChildOfTheReaper(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100").write();
        String script = """
                import ctypes, os, subprocess, sys
                ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
                subprocess.run(sys.argv[1:], check=True)
                pid = int(open(sys.argv[sys.argv.index('--pid-file') + 1]).read())
                os.kill(pid, 9)
                print(os.WTERMSIG(os.waitpid(pid, 0)[1]))
                """;
        Host.require("python");
        Confine confine = Confine.as(as).via("python3", "-c", script);
        Result result = bundle.create(confine, "--pid-file", bundle.directory() + "/pid");
        assertThat(result.output()).isEqualTo("9");
        bundle.deleteByForce().success();
    }

    @AsEach
    void keep_leavesTheStateOfAStoppedContainer(As as) {
        Bundle bundle = Bundle.of(as).script("exit 3");
        assertThat(bundle.run("--keep").exit()).isEqualTo(3);
        assertThat(bundle.status()).isEqualTo("stopped");
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void bundle_isTheCurrentDirectoryWithoutAFlag(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "here").write();
        Result result = Confine.as(as)
                .in(bundle.directory())
                .run("--root", bundle.stateDirectory().toString(), "run", bundle.id());
        assertThat(result.output()).isEqualTo("here");
    }

    @AsEach
    void config_isTakenFromTheFileThatIsNamed(As as) throws IOException {
        Bundle bundle = Bundle.of(as).args("echo", "other").write();
        Files.move(bundle.directory().resolve("config.json"), bundle.directory().resolve("other.json"));
        bundle.args("echo", "default");
        assertThat(bundle.output("--config", bundle.directory() + "/other.json"))
                .isEqualTo("other");
    }

    @AsEach
    void stateDirectory_ofAUser_isInItsRuntimeDirectory(As as) {
        Bundle bundle = Bundle.of(as).write();
        if (as == As.ROOT) {
            return;
        }
        Path runtime = Scratch.current().directory("runtime", as);
        Confine confine = Confine.as(as).env("XDG_RUNTIME_DIR", runtime.toString());
        confine.run("create", "--bundle", bundle.directory().toString(), bundle.id())
                .success();
        assertThat(Scratch.names(runtime.resolve("confine"))).containsExactly(bundle.id());
        assertThat(runtime.resolve("confine").toFile().canRead() || !Host.isRoot())
                .isTrue();
        assertThat(Command.run("stat", "-c", "%a", runtime + "/confine").output())
                .isEqualTo("700");
        confine.run("delete", "--force", bundle.id()).success();
    }

    @AsEach
    void logThatCannotBeWritten_isRefused(As as) {
        Confine.as(as).run("--log", "/nosuch/log", "--root", "/nosuch", "list").refusal("/nosuch/log", "(--log)");
    }

    @AsEach
    void log_isWrittenAsJsonLines(As as) {
        Bundle bundle = Bundle.of(as).args("nosuchprogram").write();
        Path log = bundle.directory().resolve("log");
        Result result = Confine.as(as)
                .run(
                        "--root",
                        bundle.stateDirectory().toString(),
                        "--log",
                        log.toString(),
                        "--log-format",
                        "json",
                        "create",
                        "--bundle",
                        bundle.directory().toString(),
                        bundle.id());
        assertThat(result.exit()).isEqualTo(1);
        var line = Config.parse(Scratch.read(log));
        assertThat(line.path("level").asText()).isEqualTo("error");
        assertThat(line.path("msg").asText()).contains("executable file not found in $PATH");
        assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
    }
}
