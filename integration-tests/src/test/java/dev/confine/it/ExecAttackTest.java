package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Containers that wait for a process to be added, to get at the host through it: the known attacks on exec, each named by its CVE. */
@Containers
final class ExecAttackTest {
    // CVE-2016-9962: what of the host the process holds before it is the container's is seen from inside

    @AsEach
    void processThatIsAdded_showsNothingOfTheHostToTheContainer(As as) {
        Bundle bundle = Bundle.of(as)
                .script("exec > /seen 2>&1; touch /ready; while :; do ls -l /proc/[0-9]*/fd /proc/[0-9]*/exe"
                        + " /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/task/*/cwd; done");
        bundle.run("--detach").success();
        Eventually.holds(
                "the watcher watches", () -> Files.exists(bundle.rootfs().resolve("ready")));
        for (int i = 0; i < 12; i++) {
            ExecTest.exec(bundle, bundle.id(), "usleep", "20000").success();
        }
        bundle.deleteByForce().success();
        // what it is to have in the end is seen: so there was something to see
        assertThat(Scratch.read(bundle.rootfs().resolve("seen")))
                .contains("confine-it-out")
                .doesNotContain("memfd:", "socket:[", "anon_inode:", "/bin/confine");
    }

    // CVE-2019-5736: the runtime's own program is overwritten from inside

    @AsEach
    void programOfTheRuntime_cannotBeReached(As as) throws IOException {
        byte[] before = Files.readAllBytes(Scratch.distribution().resolve("bin/confine"));
        Bundle bundle = Bundle.of(as)
                .script("touch /ready; while :; do for e in /proc/[0-9]*/exe; do echo x > $e; done 2>/dev/null; done");
        Files.createSymbolicLink(bundle.rootfs().resolve("exe"), Path.of("/proc/self/exe"));
        bundle.run("--detach").success();
        Eventually.holds("the writer writes", () -> Files.exists(bundle.rootfs().resolve("ready")));
        for (int i = 0; i < 6; i++) {
            assertThat(ExecTest.exec(bundle, bundle.id(), "/exe").exit()).isNotZero();
        }
        bundle.deleteByForce().success();
        assertThat(Files.readAllBytes(Scratch.distribution().resolve("bin/confine")))
                .isEqualTo(before);
    }

    // CVE-2024-21626: the working directory is a leaked file descriptor

    @AsEach
    void directory_throughAFileDescriptor_isRefusedForEach(As as) throws IOException {
        Bundle bundle = ExecTest.running(as);
        Confine leaks = Confine.as(as).viaShell("exec \"$@\" 3</ 4</etc");
        for (int fd = 3; fd < 20; fd++) {
            String cwd = "/proc/self/fd/" + fd;
            ExecTest.refused(bundle.confine(leaks, "exec", "--cwd", cwd, bundle.id(), "pwd"), "chdir to");
        }
        Files.createSymbolicLink(bundle.rootfs().resolve("way"), Path.of("/proc/self/fd/3"));
        ExecTest.refused(bundle.confine(leaks, "exec", "--cwd", "/way", bundle.id(), "pwd"), "chdir to");
        bundle.deleteByForce().success();
    }

    @AsEach
    void directory_thatLeadsOutsideOrIsMissing_isRefused(As as) throws IOException {
        Bundle bundle = ExecTest.running(as);
        ExecTest.refused(ExecTest.exec(bundle, "--cwd", "/proc/1/root", bundle.id(), "pwd"), "chdir to", "ELOOP");
        ExecTest.refused(ExecTest.exec(bundle, "--cwd", "/missing", bundle.id(), "pwd"), "chdir to /missing", "ENOENT");
        assertThat(bundle.rootfs().resolve("missing")).doesNotExist();
        Files.createSymbolicLink(bundle.rootfs().resolve("up"), Path.of("../../../../tmp"));
        assertThat(ExecTest.exec(bundle, "--cwd", "/up", bundle.id(), "/bin/pwd")
                        .output())
                .isEqualTo("/tmp");
        bundle.deleteByForce().success();
    }

    // CVE-2026-30892, CVE-2016-3697: a user that is read as another

    @AsEach
    void users_areNumbersAlone(As as) {
        Bundle bundle = ExecTest.running(as);
        for (String user : List.of("root", "+1", "1 ", "0x1", "4294967295", "4294967296", "1:", ":1", "1:2:3", "-1")) {
            ExecTest.refused(ExecTest.exec(bundle, "--user=" + user, bundle.id(), "true"), "--user", "number");
        }
        bundle.deleteByForce().success();
    }

    @AsEach
    void userThatIsANameInTheImage_isTheNumber(As as) {
        Bundle bundle = Bundle.of(as).withoutUserNamespace();
        Scratch.write(bundle.rootfs().resolve("etc/passwd"), "1000:x:0:0::/root:/bin/sh\n1:x:0:0::/root:/bin/sh\n");
        ExecTest.running(bundle, "--map", "auto");
        for (String user : List.of("1", "1000")) {
            assertThat(ExecTest.exec(bundle, "-u", user, bundle.id(), "/bin/sh", "-c", "id -u; echo $HOME")
                            .output())
                    .isEqualTo(user + "\n/");
        }
        bundle.deleteByForce().success();
    }

    // CVE-2022-29162: capabilities are inheritable without anybody's asking

    @AsEach
    void capabilities_areNeverInheritableUnasked(As as) {
        Bundle bundle = ExecTest.running(as);
        String set = "grep -h CapInh /proc/self/status";
        assertThat(ExecTest.script(bundle, set).output()).matches("CapInh:\t0+");
        assertThat(ExecTest.exec(bundle, "-c", "CAP_SYS_ADMIN", bundle.id(), "/bin/sh", "-c", set)
                        .output())
                .matches("CapInh:\t0+");
        bundle.deleteByForce().success();
    }

    // the image's passwd is something else

    @AsEach
    void passwdOfTheImage_isNoWayOutAndNoTrap(As as) throws IOException {
        Bundle bundle = ExecTest.running(as);
        Path passwd = bundle.rootfs().resolve("etc/passwd");
        Files.delete(passwd);
        List<String[]> traps = List.of(
                new String[] {"mkdir", passwd.toString()},
                new String[] {"mkfifo", passwd.toString()},
                new String[] {"ln", "-s", "/proc/self/fd/0", passwd.toString()},
                new String[] {"ln", "-s", "../../../../../../../etc/passwd", passwd.toString()});
        for (String[] trap : traps) {
            Command.run(trap).success();
            assertThat(ExecTest.script(bundle, "echo $HOME").output()).isEqualTo("/");
            Command.run("rm", "-rf", passwd.toString()).success();
        }
        bundle.deleteByForce().success();
    }
}
