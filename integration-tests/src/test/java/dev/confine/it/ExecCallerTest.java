package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of the caller reaches a process that is added, and what it gets back: stdio, file descriptors, signals, the pid file, whose child it is. */
@Containers
final class ExecCallerTest {
    @AsEach
    void standardInput_isTheCallers(As as) {
        Bundle bundle = ExecTest.running(as);
        Path input = Scratch.write(bundle.host("input"), "said\n");
        assertThat(bundle.confine(Confine.as(as).input(input), "exec", bundle.id(), "cat")
                        .output())
                .isEqualTo("said");
        bundle.deleteByForce().success();
    }

    @AsEach
    void pipes_areOpenedAnewByTheUser(As as) {
        Bundle bundle = Bundle.of(as).withoutUserNamespace();
        ExecTest.running(bundle, "--map", "auto");
        Confine piped = Confine.as(as).viaShell("{ \"$@\" 2>&3 | cat; } 3>&1 | cat");
        String script = "echo out > /dev/stdout; echo err > /proc/self/fd/2";
        assertThat(bundle.confine(piped, "exec", "-u", "1000", bundle.id(), "/bin/sh", "-c", script)
                        .output()
                        .lines())
                .containsExactlyInAnyOrder("out", "err");
        bundle.deleteByForce().success();
    }

    @AsEach
    void signals_arePassedOn(As as) {
        Bundle bundle = ExecTest.running(as);
        Command.Running running = Confine.as(as)
                .start(
                        "--root",
                        bundle.stateDirectory().toString(),
                        "exec",
                        bundle.id(),
                        "/bin/sh",
                        "-c",
                        "for s in TERM INT USR1; do trap \"echo got $s\" $s; done; trap 'exit 9' USR2;"
                                + " echo ready; while :; do usleep 5000; done")
                .until("ready");
        for (String signal : List.of("TERM", "INT", "USR1")) {
            running.signal(signal);
            running.until("got " + signal);
        }
        running.signal("USR2");
        assertThat(running.await().exit()).isEqualTo(9);
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void nothingOfTheCallers_staysOpen_butWhatIsPreserved(As as) {
        Bundle bundle = ExecTest.running(as);
        Confine opens = Confine.as(as).viaShell("exec \"$@\" 3</etc/passwd 4</ 9</dev/null");
        // the last is the directory that ls reads
        assertThat(bundle.confine(opens, "exec", bundle.id(), "ls", "/proc/self/fd")
                        .output())
                .isEqualTo("0\n1\n2\n3");
        assertThat(bundle.confine(opens, "exec", "--preserve-fds", "2", bundle.id(), "ls", "/proc/self/fd")
                        .output())
                .isEqualTo("0\n1\n2\n3\n4\n5");
        bundle.deleteByForce().success();
    }

    @AsEach
    void detached_returnsWithAPidFile(As as) {
        Bundle bundle = ExecTest.running(as);
        Path pidFile = bundle.host("pid");
        ExecTest.exec(bundle, "--detach", "--pid-file", pidFile.toString(), bundle.id(), "sleep", "101")
                .success();
        long pid = Long.parseLong(Scratch.read(pidFile));
        assertThat(Scratch.read(Path.of("/proc/" + pid + "/cmdline"))).isEqualTo("sleep\u0000101\u0000");
        assertThat(pid).isNotEqualTo(bundle.pid());
        bundle.deleteByForce().success();
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    @AsEach
    void pidFile_ofAFailure_isNotThere(As as) {
        Bundle bundle = ExecTest.running(as);
        Path pidFile = bundle.host("pid");
        Scratch.write(bundle.rootfs().resolve("script"), "no program");
        Scratch.chmod(bundle.rootfs().resolve("script"), "rwxr-xr-x");
        for (String program : List.of("nosuch", "/script")) {
            ExecTest.refused(
                    ExecTest.exec(bundle, "-d", "--pid-file", pidFile.toString(), bundle.id(), program), "exec: ");
            assertThat(pidFile).doesNotExist();
        }
        ExecTest.refused(
                ExecTest.exec(bundle, "-d", "--pid-file", "/proc/nowhere/pid", bundle.id(), "sleep", "101"),
                "/proc/nowhere/pid");
        assertThat(pids(bundle)).containsExactly(bundle.pid());
        bundle.deleteByForce().success();
    }

    /** As conmon and containerd's shim call it: a subreaper that waits for the process whose pid is in the file. */
    @AsEach
    void detached_isReapedByASubreaper_whichGetsItsExitStatus(As as) {
        Host.require("python");
        Bundle bundle = ExecTest.running(as);
        Path process = Scratch.write(
                bundle.host("process.json"),
                "{\"args\": [\"/bin/sh\", \"-c\", \"usleep 300000; exit 42\"], \"cwd\": \"/\"}");
        Path pidFile = bundle.host("pid");
        String subreaper = """
                import ctypes, os, subprocess, sys
                ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
                code = subprocess.call(sys.argv[2:])
                pid = int(open(sys.argv[1]).read())
                seen, status = os.waitpid(pid, 0)
                print(code, seen == pid, os.waitstatus_to_exitcode(status))
                """;
        Confine conmon = Confine.as(as).via("python3", "-c", subreaper, pidFile.toString());
        assertThat(bundle.confine(
                                conmon,
                                "exec",
                                "--pid-file",
                                pidFile.toString(),
                                "--process",
                                process.toString(),
                                "--detach",
                                bundle.id())
                        .output())
                .isEqualTo("0 True 42");
        bundle.deleteByForce().success();
    }

    // ---- killed

    @AsEach
    void frontOrJvmKilledAtAnyMoment_leavesTheContainerAsItIs(As as) {
        Bundle bundle = ExecTest.running(as);
        for (int round = 0; round < 8; round++) {
            Command.Running running = Confine.as(as)
                    .start("--root", bundle.stateDirectory().toString(), "exec", bundle.id(), "sleep", "0.2");
            Eventually.pause(20L + 15L * round);
            if (round % 2 == 0) {
                running.process().destroyForcibly();
            } else {
                ForegroundTest.killJvms();
            }
            running.await();
        }
        Eventually.holds("only the first process is left", () -> pids(bundle).equals(List.of(bundle.pid())));
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    private static List<Long> pids(Bundle bundle) {
        List<Long> pids = new ArrayList<>();
        Config.parse(bundle.confine("ps", "-f", "json", bundle.id()).output()).forEach(pid -> pids.add(pid.asLong()));
        return pids;
    }
}
