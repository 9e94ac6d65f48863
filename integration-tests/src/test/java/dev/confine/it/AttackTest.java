package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Images and configurations that try to reach the host: the known attacks on container runtimes, each named by its CVE. */
@Containers
final class AttackTest {
    // CVE-2024-21626: the working directory is a leaked file descriptor

    @AsEach
    void cwdThroughAFileDescriptor_isRefusedForEach(As as) {
        for (int fd = 3; fd < 14; fd++) {
            Bundle bundle = Bundle.of(as, "box" + fd)
                    .set("/process/cwd", "'/proc/self/fd/" + fd + "'")
                    .script("pwd; ls");
            Result result = bundle.run(Confine.as(as).viaShell("exec \"$@\" 3</ 4</etc"));
            assertThat(result.exit()).as(result.toString()).isEqualTo(1);
            assertThat(result.err()).contains("/process/cwd");
        }
    }

    @AsEach
    void cwdThroughALinkToAFileDescriptor_isRefused(As as) throws IOException {
        Bundle bundle = Bundle.of(as).set("/process/cwd", "'/way'").script("pwd; ls");
        Files.createSymbolicLink(bundle.rootfs().resolve("way"), Path.of("/proc/self/fd/3"));
        assertThat(bundle.run(Confine.as(as).viaShell("exec \"$@\" 3</")).exit())
                .isEqualTo(1);
    }

    // CVE-2026-41579, CVE-2026-47766: /dev of the image leads to the host

    @AsEach
    void devOfTheImageIsALink_leadsNowhereElse(As as) throws IOException {
        Path outside = Scratch.current().directory("outside", as);
        Bundle bundle = Bundle.of(as).removeMount("/dev").args("echo", "ran");
        bundle.removeMount("/dev/pts").removeMount("/dev/shm").removeMount("/dev/mqueue");
        Files.delete(bundle.rootfs().resolve("dev"));
        Files.createSymbolicLink(bundle.rootfs().resolve("dev"), outside);
        bundle.run();
        assertThat(Scratch.names(outside)).isEmpty();
    }

    @AsEach
    void deviceOfTheImageIsALink_leadsNowhereElse(As as) throws IOException {
        Path victim = Scratch.write(Scratch.current().directory("outside", as).resolve("victim"), "mine");
        Bundle bundle = Bundle.of(as).removeMount("/dev").script("echo overwritten > /dev/null; echo x > " + victim);
        bundle.removeMount("/dev/pts").removeMount("/dev/shm").removeMount("/dev/mqueue");
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/null"), victim);
        bundle.run();
        assertThat(victim).hasContent("mine");
    }

    // CVE-2019-16884, CVE-2019-19921, CVE-2023-27561, CVE-2023-28642: /proc of the image is a link

    @AsEach
    void procOfTheImageIsALink_isRefused(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Path elsewhere = bundle.rootfs().resolve("elsewhere");
        Files.createDirectories(elsewhere);
        Files.delete(bundle.rootfs().resolve("proc"));
        Files.createSymbolicLink(bundle.rootfs().resolve("proc"), Path.of("/elsewhere"));
        bundle.run().refusal("/proc", "ELOOP", "/mounts/");
        Files.delete(bundle.rootfs().resolve("proc"));
        Files.delete(bundle.rootfs().resolve("sys"));
        assertThat(bundle.rootfs().resolve("proc").toFile().mkdir()).isTrue();
        Files.createSymbolicLink(bundle.rootfs().resolve("sys"), Path.of("/elsewhere"));
        bundle.run().refusal("/sys", "ELOOP", "/mounts/");
    }

    // CVE-2025-31133: /dev/null of the image is a link, so that a masked path becomes its target

    @AsEach
    void nullOfTheImageIsALink_masksAllTheSame(As as) throws IOException {
        Bundle bundle = Bundle.of(as).removeMount("/dev").set("/linux/maskedPaths", "['/secret']");
        bundle.removeMount("/dev/pts").removeMount("/dev/shm").removeMount("/dev/mqueue");
        Scratch.write(bundle.rootfs().resolve("secret"), "secret");
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/null"), Path.of("/proc/sys/kernel/core_pattern"));
        Result result = bundle.script("cat /secret; stat -c %t:%T /secret").run();
        assertThat(result.exit() == 1 || result.out().equals("1:3\n"))
                .as(result.toString())
                .isTrue();
    }

    // CVE-2019-19921, CVE-2023-27561: a destination leads through links of the image, and is made where they end

    @AsEach
    void linkIntoAMissingDirectory_neverMakesOneOutside(As as) throws IOException {
        Path outside = Scratch.current().directory("outside", as);
        for (String target : List.of(
                outside + "/made",
                "../../../../../../../.." + outside + "/made",
                "/proc/self/root" + outside + "/made",
                "/proc/1/cwd/made")) {
            Bundle bundle = Bundle.of(as).args("true");
            Files.createSymbolicLink(bundle.rootfs().resolve("link"), Path.of(target));
            bundle.mount("{destination: '/link/deeper', type: 'tmpfs', source: 'x'}")
                    .run();
            assertThat(Scratch.names(outside)).as(target).isEmpty();
        }
    }

    @AsEach
    void swappedLinkIntoAMissingDirectory_neverMakesOneOutside(As as) throws IOException {
        Host.require("python");
        Path outside = Scratch.current().directory("outside", as);
        Bundle bundle = Bundle.of(as).args("true");
        Files.createDirectories(bundle.rootfs().resolve("a"));
        Files.createSymbolicLink(bundle.rootfs().resolve("link"), Path.of("../../../../../../../.." + outside));
        Files.createSymbolicLink(bundle.rootfs().resolve("way"), Path.of("a/missing"));
        for (int i = 0; i < 40; i++) {
            bundle.mount("{destination: '/way/made" + i + "/x', type: 'tmpfs', source: 'x'}");
        }
        whileSwapped(bundle, "a", "link", 0, () -> {
            bundle.run();
            assertThat(Scratch.names(outside)).isEmpty();
        });
    }

    // CVE-2021-30465, CVE-2024-45310: the destination of a mount is swapped while it is resolved

    @AsEach
    void swappedDestination_neverLeadsOut(As as) throws IOException {
        Host.require("python");
        Path outside = Scratch.current().directory("outside", as);
        Bundle bundle = Bundle.of(as).args("true");
        Files.createDirectories(bundle.rootfs().resolve("a/b"));
        Files.createSymbolicLink(bundle.rootfs().resolve("link"), Path.of("../../../../../../../.." + outside));
        for (int i = 0; i < 40; i++) {
            bundle.mount("{destination: '/a/b/made" + i + "', type: 'tmpfs', source: 'x'}");
        }
        whileSwapped(bundle, "a", "link", 0, () -> {
            bundle.run();
            assertThat(Scratch.names(outside)).isEmpty();
        });
    }

    /** The kernel does not resolve {@code ..} beneath a root while anything is renamed anywhere: it is asked again. */
    @AsEach
    void linkUpwards_whileOthersRename_isResolved(As as) throws IOException {
        Host.require("python");
        Bundle bundle = Bundle.of(as).set("/process/cwd", "'/way'").args("pwd");
        Files.createDirectories(bundle.rootfs().resolve("a/b"));
        Files.createDirectories(bundle.rootfs().resolve("one"));
        Files.createDirectories(bundle.rootfs().resolve("two"));
        Files.createSymbolicLink(bundle.rootfs().resolve("way"), Path.of("../".repeat(300) + "a/b"));
        whileSwapped(
                bundle, "one", "two", 0.001, () -> assertThat(bundle.output()).isEqualTo("/a/b"));
    }

    /** Does it six times, beside a {@link #swapper}. */
    private static void whileSwapped(Bundle bundle, String a, String b, double rest, Runnable once) {
        Command.Running swapper = swapper(bundle, a, b, rest);
        try {
            for (int i = 0; i < 6; i++) {
                once.run();
            }
        } finally {
            swapper.process().destroyForcibly();
            swapper.process().onExit().join();
        }
    }

    /** Exchanges two entries of the root file system, as fast as it can, with a rest of so many seconds after each millisecond. */
    private static Command.Running swapper(Bundle bundle, String a, String b, double rest) {
        String swap = """
                import ctypes, sys, time
                libc = ctypes.CDLL(None)
                a, b = (p.encode() for p in sys.argv[1:3])
                while True:
                    end = time.monotonic() + 0.001
                    while time.monotonic() < end: libc.renameat2(-100, a, -100, b, 2)
                    time.sleep(float(sys.argv[3]))
                """;
        return Command.of(List.of(
                        "python3",
                        "-c",
                        swap,
                        bundle.rootfs().resolve(a).toString(),
                        bundle.rootfs().resolve(b).toString(),
                        Double.toString(rest)))
                .start();
    }

    // CVE-2017-5226: input is put into the caller's terminal

    @AsEach
    void inputPutIntoTheTerminal_neverReachesTheCallers(As as) {
        String inject = """
                import fcntl, os, termios
                for fd in 0, 1, 2, os.open('/dev/tty', os.O_RDWR):
                    for letter in b'injected\\n': fcntl.ioctl(fd, termios.TIOCSTI, bytes([letter]))
                """;
        String script = "\"$@\"; while read -t 1 line; do echo \"the caller reads $line\"; done";
        List<String> attack = List.of("python3", "-c", inject);
        List<String> attempt = Command.words(List.of("bash", "-c", script, "bash"));
        attempt.addAll(attack);
        Result possible = Pty.of(as).run(attempt);
        Assumptions.assumeTrue(possible.out().contains("the caller reads injected"), "this kernel refuses TIOCSTI");
        for (String with : List.of("\"$@\"", "\"$@\" | cat", "\"$@\" 2>&1 >/dev/null")) {
            List<String> words = Command.words(List.of("bash", "-c", script.replace("\"$@\";", with + ";"), "bash"));
            words.addAll(List.of(Scratch.distribution() + "/bin/confine", "--root"));
            words.addAll(List.of(Scratch.current().state(as).toString(), "try", "--"));
            words.addAll(attack);
            assertThat(Pty.of(as).run(words).out()).doesNotContain("the caller reads");
        }
    }

    // CVE-2025-52565: what is to become /dev/console, or where it is, is a link of the image

    @AsEach
    void consoleOfTheImageIsALink_leadsNowhereElse(As as) throws IOException {
        Path victim = Scratch.write(Scratch.current().directory("outside", as).resolve("victim"), "mine");
        Bundle bundle = Bundle.of(as).removeMount("/dev").script("echo overwritten > /dev/console");
        bundle.removeMount("/dev/shm").removeMount("/dev/mqueue").set("/process/terminal", "true");
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/console"), victim);
        bundle.create("--console-socket", new ConsoleSocket(as).path()).refusal("/dev/console", "ELOOP", "remove it");
        assertThat(victim).hasContent("mine");
    }

    @AsEach
    void ptsOfTheImageIsALink_isNotFollowed(As as) throws IOException {
        Bundle bundle =
                Bundle.of(as).removeMount("/dev").removeMount("/dev/pts").set("/process/terminal", "true");
        bundle.removeMount("/dev/shm").removeMount("/dev/mqueue");
        bundle.mount("{destination: '/elsewhere', type: 'devpts', source: 'devpts', options: ['newinstance']}");
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/pts"), Path.of("/elsewhere"));
        bundle.create("--console-socket", new ConsoleSocket(as).path()).refusal("make the terminal", "ELOOP");
    }

    // CVE-2019-5736: the runtime's own program is overwritten from inside

    @AsEach
    void programOfTheRuntime_cannotBeReached(As as) throws IOException {
        byte[] before = Files.readAllBytes(Scratch.distribution().resolve("bin/confine"));
        Bundle bundle = Bundle.of(as).args("/exe");
        Files.createSymbolicLink(bundle.rootfs().resolve("exe"), Path.of("/proc/self/exe"));
        Result result = bundle.run();
        assertThat(result.exit()).isNotZero();
        Bundle writer = Bundle.of(as, "writer").script("for e in /proc/[0-9]*/exe; do echo x > $e; done; echo tried");
        assertThat(writer.run().out()).isEqualTo("tried\n");
        assertThat(Files.readAllBytes(Scratch.distribution().resolve("bin/confine")))
                .isEqualTo(before);
    }

    @AsEach
    void createdContainer_runsFromASealedCopy(As as) throws IOException {
        Bundle bundle = Bundle.of(as).args("true");
        bundle.create().success();
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + bundle.pid() + "/exe"))
                        .toString())
                .startsWith("/memfd:");
        bundle.deleteByForce().success();
    }

    // CVE-2016-9962: the entering process is traced, its file descriptors are taken

    @AsEach
    void createdContainer_hasNothingOfTheHostOpen(As as) throws IOException {
        Bundle bundle = Bundle.of(as).args("true");
        bundle.create().success();
        try (var all = Files.list(Path.of("/proc/" + bundle.pid() + "/fd"))) {
            List<String> open = all.filter(
                            fd -> Integer.parseInt(fd.getFileName().toString()) > 2)
                    .map(AttackTest::link)
                    .toList();
            assertThat(open).allMatch(target -> target.startsWith("socket:") || target.startsWith("anon_inode:"));
        }
        bundle.deleteByForce().success();
    }

    private static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // CVE-2016-3697, CVE-2026-30892: ids are numbers and nothing else

    @AsEach
    void entryOfPasswdNamedLikeANumber_isNoUser(As as) {
        Bundle bundle =
                Bundle.of(as).set("/process/user", "{uid: 1000, gid: 1000}").script("id -u; id -g");
        Scratch.write(bundle.rootfs().resolve("etc/passwd"), "1000:x:0:0::/root:/bin/sh\n");
        assertThat(bundle.output()).isEqualTo("1000\n1000");
    }

    @AsEach
    void idsThatAreNone_areRefused(As as) {
        for (String uid : List.of("'0'", "-1", "4294967296", "1.5", "true", "1e3", "null")) {
            Bundle.of(as, "box" + uid.hashCode())
                    .set("/process/user", "{uid: " + uid + ", gid: 0}")
                    .run()
                    .refusals("/process/user/uid");
        }
    }

    @AsEach
    void idMinusOne_isRefused(As as) {
        Bundle.of(as).set("/process/user", "{uid: 4294967295, gid: 0}").run().refusals("/process/user/uid");
    }

    // CVE-2014-8989: groups are shed through a user namespace, and with them what was denied to them

    @AsEach
    void fileDeniedToAGroup_staysDenied(As as) throws IOException {
        if (as == As.ROOT) {
            return;
        }
        Host.require("root");
        Path denied = Scratch.write(Scratch.current().path("denied"), "secret");
        Files.setAttribute(denied, "unix:gid", (int) As.USER.uid());
        Scratch.chmod(denied, "rw----r--");
        Bundle bundle = Bundle.of(as).withoutUserNamespace();
        bundle.mount("{destination: '/denied', type: 'bind', source: '" + denied + "', options: ['bind']}");
        assertThat(bundle.script("cat /denied").run("--map", "self").err()).contains("Permission denied");
    }

    // CVE-2021-43784: 64 KiB of mappings

    @AsEach
    void mappingsBeyondAPage_areRefused(As as) {
        Bundle bundle = Bundle.of(as);
        String[] extents = new String[5000];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = 2 * i + ":" + (as.firstSubordinate() + 2L * i) + ":1";
        }
        bundle.userNamespace(extents).run().refusals("5000", "340");
    }
}
