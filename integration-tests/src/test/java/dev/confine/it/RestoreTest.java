package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code restore}, with a program in criu's place. */
@Containers
final class RestoreTest {
    private static Path images(String descriptors) {
        Path images = Scratch.current().directory("images", As.ROOT);
        Scratch.write(images.resolve("descriptors.json"), descriptors);
        return images;
    }

    private static List<String> words(Bundle bundle, Path images, String answer, String... flags) {
        bundle.write();
        List<String> words = new ArrayList<>(List.of(
                "--criu",
                FakeCriu.that(answer).toString(),
                "--image-path",
                images.toString(),
                "--bundle",
                bundle.directory().toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return words;
    }

    private static Result restore(Bundle bundle, Path images, String answer, String... flags) {
        return bundle.confine("restore", words(bundle, images, answer, flags).toArray(new String[0]));
    }

    @Test
    void container_goesOn_andIsOneAsOthers() {
        Path images = images("[\"/dev/null\", \"pipe:[41]\", \"pipe:[42]\"]");
        Path data = Scratch.current().directory("data", As.ROOT);
        Path pidFile = Scratch.current().path("pid");
        Bundle bundle = Bundle.of(As.ROOT).set("/linux/cgroupsPath", "'" + Cgroup.path("restored") + "'");
        bundle.mount("{destination: '/made/here', type: 'bind', source: '" + data + "', options: ['bind']}");
        restore(bundle, images, "save", "--detach", "--pid-file", pidFile.toString())
                .success();
        assertThat(bundle.status()).isEqualTo("running");
        assertThat(Scratch.read(pidFile)).isEqualTo(Long.toString(bundle.pid()));
        JsonNode asked = FakeCriu.asked(images);
        assertThat(asked.path("type").path(0).asInt()).isEqualTo(2);
        assertThat(asked.path("names").toString()).contains("\"bin\"", "\"made\"");
        assertThat(asked.path("mounts").asText()).contains(" " + FakeCriu.field(asked, 13) + " ");
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).doesNotContain(FakeCriu.field(asked, 13));
        assertThat(asked.path("37").toString())
                .contains("mnt[/made/here]:" + data, "mnt[/proc/keys]:/dev/null", "mnt[/dev/null]:/dev/null");
        assertThat(asked.path("27").toString())
                .contains("pipe:[41]", "pipe:[42]")
                .doesNotContain("/dev/null");
        assertThat(asked.path("25").toString()).contains(Cgroup.path("restored"));
        assertThat(asked.path("cgroup").asText()).contains(Cgroup.path("restored"));
        // stdio, the line, and the listing itself
        assertThat(asked.path("fds").asInt()).isEqualTo(5);
        assertThat(FakeCriu.field(asked, 26)).isEqualTo("1");
        bundle.confine("kill", bundle.id(), "TERM").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
        assertThat(Cgroup.at(Cgroup.path("restored"))).isEmpty();
    }

    @Test
    void foreground_endsAsTheContainerDoes_andLeavesNothing() {
        Path images = images("[]");
        Bundle bundle = Bundle.of(As.ROOT);
        Command.Running running = Confine.as(As.ROOT)
                .start(bundle.words("restore", words(bundle, images, "save").toArray(new String[0])));
        running.until("restored");
        running.signal("TERM");
        assertThat(running.await().exit()).isEqualTo(7);
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
    }

    @Test
    void terminal_goesToTheConsoleSocket() {
        Path images = images("[]");
        Bundle bundle = Bundle.of(As.ROOT).set("/process/terminal", "true");
        ConsoleSocket socket = new ConsoleSocket(As.ROOT);
        restore(bundle, images, "terminal", "--detach", "--console-socket", socket.path())
                .success();
        bundle.deleteByForce().success();
        assertThat(socket.end()).contains("name /dev/ptmx terminal True");
    }

    @Test
    void namespaces_ofTheHost_areHandedOnOrJoined() {
        Path images = images("[]");
        Bundle bundle = Bundle.of(As.ROOT)
                .set(
                        "/linux/namespaces",
                        "[{type: 'pid'}, {type: 'mount'}, {type: 'network', path: '/proc/self/ns/net'},"
                                + " {type: 'ipc', path: '/proc/self/ns/ipc'}, {type: 'uts'}]");
        restore(bundle, images, "save", "--detach").success();
        JsonNode asked = FakeCriu.asked(images);
        assertThat(asked.path("27").toString()).contains("extRootNetNS");
        assertThat(asked.path("39").toString()).contains("ipc", "/proc/self/ns/ipc");
        assertThat(asked.path("open").path("4").asText()).startsWith("net:[");
        bundle.deleteByForce().success();
    }

    @Test
    void hooks_runWithThePidOfTheProcess() {
        Path images = images("[]");
        Path out = Scratch.current().path("hook.json");
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/hooks", "{createRuntime: [{path: '/bin/sh', args: ['sh', '-c', 'cat > " + out + "']}]}");
        restore(bundle, images, "save", "--detach").success();
        assertThat(Config.parse(Scratch.read(out)).path("pid").asLong()).isEqualTo(bundle.pid());
        bundle.deleteByForce().success();
        bundle.set("/hooks", "{createRuntime: [{path: '/bin/sh', args: ['sh', '-c', 'echo no way >&2; exit 1']}]}");
        restore(bundle, images, "save", "--detach").refusal("/hooks/createRuntime/0", "no way");
        bundle.set("/hooks", "{startContainer: [{path: '/bin/true'}]}");
        restore(bundle, images, "save", "--detach").refusal("no time for hooks", "/hooks");
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
    }

    @Test
    void refusal_isTold_andNothingStays() {
        Path images = images("[]");
        Bundle bundle = Bundle.of(As.ROOT).set("/linux/cgroupsPath", "'" + Cgroup.path("refused") + "'");
        restore(bundle, images, "refuse", "--detach")
                .refusal("criu cannot restore container", "no such luck", images + "/restore.log", "criu check");
        restore(bundle, images, "vanish", "--detach").refusal("criu ended without an answer", "criu check");
        restore(bundle, images.resolve("none"), "save").refusal("no images", "--image-path");
        bundle.confine(
                        "restore",
                        "--criu",
                        "/nowhere",
                        "--image-path",
                        images.toString(),
                        "--bundle",
                        bundle.directory().toString(),
                        bundle.id())
                .refusal("/nowhere", "ENOENT");
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        assertThat(Cgroup.at(Cgroup.path("refused"))).isEmpty();
    }

    @Test
    void ordinaryUser_isRefused() {
        Bundle bundle = Bundle.of(As.USER);
        restore(bundle, bundle.directory(), "save", "--detach").refusal("for root alone");
    }
}
