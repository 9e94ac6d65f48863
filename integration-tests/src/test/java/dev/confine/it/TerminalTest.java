package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code process.terminal} of a container that is left alone: its terminal is handed out at the console socket. */
@Containers
final class TerminalTest {
    private static Bundle terminal(As as, String script) {
        return Bundle.of(as).set("/process/terminal", "true").script(script);
    }

    @AsEach
    void terminal_isHandedOutAtTheConsoleSocket(As as) {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = terminal(
                as, "tty; for fd in 0 1 2; do test -t $fd || echo $fd is none; done; readlink /proc/self/fd/2");
        bundle.create("--console-socket", console.path()).success();
        assertThat(bundle.status()).isEqualTo("created");
        bundle.confine("start", bundle.id()).success();
        assertThat(console.end())
                .isEqualTo("listening\nname /dev/ptmx terminal True\nrest b''\n/dev/pts/0\n/dev/pts/0\nend 5\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void terminal_ofADetachedRun_takesInput(As as) {
        ConsoleSocket console = new ConsoleSocket(as, "said\n");
        Bundle bundle = terminal(as, "stty -echo; read word; echo got $word");
        bundle.run("--detach", "--console-socket", console.path()).success();
        assertThat(console.end()).contains("got said\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void terminal_isThatOfTheProcess_andOfItsUser(As as) {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = terminal(
                        as,
                        "echo known > /dev/tty; stat -c '%u %a' /dev/pts/0 /dev/console; echo console > /dev/console;"
                                + " test $(stat -c %t:%T /dev/console) = $(stat -c %t:%T /dev/pts/0) && echo same;"
                                + " cut -d' ' -f 6,7 /proc/self/stat")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        bundle.run("--detach", "--console-socket", console.path()).success();
        // session 1 is that of the first process, and its terminal has the number of 136:0
        assertThat(console.end()).contains("known\n1000 620\n1000 620\nconsole\nsame\n1 34816\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void size_isThatOfConfigJson(As as) {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = terminal(as, "stty size").set("/process/consoleSize", "{height: 33, width: 300}");
        bundle.run("--detach", "--console-socket", console.path()).success();
        assertThat(console.end()).contains("33 300\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void createdContainer_hasTheTerminalAsStdio_andNoMaster(As as) throws Exception {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = terminal(as, "true");
        bundle.create("--console-socket", console.path()).success();
        Path fds = Path.of("/proc/" + bundle.pid() + "/fd");
        for (String fd : Scratch.names(fds)) {
            String target = Files.readSymbolicLink(fds.resolve(fd)).toString();
            assertThat(target)
                    .matches(fd.length() == 1 && fd.compareTo("3") < 0 ? "/dev/pts/0|/pts/0|/0" : "socket:.*");
        }
        bundle.deleteByForce().success();
        assertThat(console.end()).endsWith("end 5\n");
    }

    @AsEach
    void processThatIsAdded_hasATerminalOfItsOwn(As as) {
        ConsoleSocket console = new ConsoleSocket(as, "said\n");
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        String script = "stty -echo; read word; tty; for fd in 0 1 2; do test -t $fd || echo $fd is none; done;"
                + " echo $word > /dev/tty; stat -c '%u %a' /dev/pts/0; stty size; ls /dev/console";
        Path process = Scratch.write(
                bundle.host("process.json"),
                "{\"terminal\": true, \"consoleSize\": {\"height\": 33, \"width\": 300}, \"cwd\": \"/\","
                        + " \"user\": {\"uid\": 1000, \"gid\": 1000}, \"env\": [\"PATH=/bin\"],"
                        + " \"args\": [\"/bin/sh\", \"-c\", \"" + script + "\"]}");
        String[] conmon = {
            "--process", process.toString(), "--detach", "--tty", "--console-socket", console.path(), bundle.id()
        };
        bundle.confine("exec", conmon).success();
        assertThat(console.end())
                .startsWith("listening\nname /dev/ptmx terminal True\nrest b''\n")
                .contains("/dev/pts/0\nsaid\n1000 620\n33 300\nls: ")
                .endsWith("end 5\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void socketWithALongPath_isFound(As as) {
        Scratch.current().directory("console", as);
        Path deep = Scratch.current().directory("console/" + "d".repeat(100), as);
        // its listener cannot bind such a path either
        Path there = Scratch.current().path("there");
        Command.run("ln", "-s", deep.toString(), there.toString()).success();
        ConsoleSocket console = new ConsoleSocket(as, there.resolve("socket"));
        Bundle bundle = terminal(as, "echo arrived");
        bundle.run("--detach", "--console-socket", deep + "/socket").success();
        assertThat(console.end()).contains("arrived\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void withoutTerminal_thereIsNoConsole(As as) {
        assertThat(Bundle.of(as).script("ls /dev/console; echo $?").run().out()).isEqualTo("1\n");
    }

    // ---- of a process that is added

    @AsEach
    void addedProcess_hasATerminalOfItsOwn(As as) {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        String script = "tty; test -t 0 && echo stdin; echo known >/dev/tty; stat -c '%u %a' /dev/pts/0";
        bundle.confine(
                        "exec",
                        "--tty",
                        "--detach",
                        "--console-socket",
                        console.path(),
                        "--user",
                        "1000:1000",
                        bundle.id(),
                        "/bin/sh",
                        "-c",
                        script)
                .success();
        assertThat(console.end())
                .isEqualTo(
                        "listening\nname /dev/ptmx terminal True\nrest b''\n/dev/pts/0\nstdin\nknown\n1000 620\nend 5\n");
        bundle.deleteByForce().success();
    }

    @AsEach
    void addedProcessOfAFile_hasTheSizeThatIsThere(As as) {
        ConsoleSocket console = new ConsoleSocket(as);
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        Path file = Scratch.write(
                bundle.directory().resolve("process.json"),
                "{\"terminal\": true, \"consoleSize\": {\"height\": 12, \"width\": 34}, \"cwd\": \"/\", \"args\": [\"/bin/busybox\", \"stty\", \"size\"]}");
        bundle.confine("exec", "-d", "--process", file.toString(), "--console-socket", console.path(), bundle.id())
                .success();
        assertThat(console.end()).contains("12 34\n");
        bundle.deleteByForce().success();
    }

    // ---- refused

    @AsEach
    void detached_withoutConsoleSocket_isRefused(As as) {
        terminal(as, "true").create().refusal("--console-socket", "/process/terminal");
        terminal(as, "true").run("--detach").refusal("--console-socket", "/process/terminal");
    }

    @AsEach
    void consoleSocket_withoutATerminalToSend_isRefused(As as) {
        Bundle.of(as).create("--console-socket", "/s").refusal("--console-socket /s", "/process/terminal");
        terminal(as, "true").run("--console-socket", "/s").refusal("--console-socket /s", "--detach");
    }

    @AsEach
    void consoleSocket_whereNobodyListens_isRefusedAndLeavesNothing(As as) {
        Bundle bundle = terminal(as, "true");
        bundle.create("--console-socket", "/nowhere").refusal("connect to the console socket /nowhere", "ENOENT");
        ConsoleSocket console = new ConsoleSocket(as);
        console.kill();
        bundle.create("--console-socket", console.path()).refusal(console.path(), "ECONNREFUSED", "nobody listens");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    @AsEach
    void withoutDevpts_isRefusedWithTheMountThatIsMissing(As as) {
        Bundle bundle = terminal(as, "true").removeMount("/dev/pts");
        bundle.create("--console-socket", new ConsoleSocket(as).path())
                .refusal("make the terminal", "ENOENT", "devpts", "/mounts", "/process/terminal");
        bundle.mount("{destination: '/dev/pts', type: 'tmpfs', source: 'tmpfs'}");
        bundle.create(
                        "--console-socket",
                        new ConsoleSocket(
                                        as,
                                        Scratch.current().directory("other", as).resolve("s"))
                                .path())
                .refusal("make the terminal", "ENODEV", "devpts", "/mounts");
    }
}
