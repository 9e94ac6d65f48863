package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code checkpoint} and {@code restore} with criu itself, where it works: a container counts, and goes on counting. */
@Containers
@Requires({"root", "criu"})
final class CriuTest {
    /** It writes to a file of its own, as its stdio is nobody's. */
    private static Bundle counting() {
        return Bundle.of(As.ROOT).script("while :; do echo >>/count; sleep 0.2; done");
    }

    private static long count(Bundle bundle) {
        return bundle.rootfs().resolve("count").toFile().length();
    }

    private static void countsOn(Bundle bundle) {
        long before = count(bundle);
        Eventually.holds("it counts on from " + before, () -> count(bundle) > before);
    }

    private static void started(Bundle bundle) {
        bundle.run("--detach").success();
        Eventually.holds("it counts", () -> Files.exists(bundle.rootfs().resolve("count")));
    }

    private static Result checkpoint(Bundle bundle, String images, String... flags) {
        List<String> words =
                new ArrayList<>(List.of("--image-path", bundle.host(images).toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return bundle.confine("checkpoint", words.toArray(String[]::new));
    }

    private static List<String> restoring(Bundle bundle, String images, String... flags) {
        List<String> words = new ArrayList<>(List.of(
                "--image-path",
                bundle.host(images).toString(),
                "--bundle",
                bundle.directory().toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return words;
    }

    private static Result restore(Bundle bundle, String images, String... flags) {
        return bundle.confine("restore", restoring(bundle, images, flags).toArray(String[]::new));
    }

    @Test
    void container_isSavedWhileItRuns_thenRemoved_andGoesOn() {
        Bundle bundle = counting();
        started(bundle);
        checkpoint(bundle, "first", "--leave-running").success();
        assertThat(bundle.status()).isEqualTo("running");
        countsOn(bundle);
        checkpoint(bundle, "images").success();
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        long saved = count(bundle);
        restore(bundle, "images", "--detach").success();
        assertThat(bundle.status()).isEqualTo("running");
        countsOn(bundle);
        assertThat(count(bundle)).isGreaterThan(saved);
        bundle.confine("exec", bundle.id(), "true").success();
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
    }

    @Test
    void restored_isInAnotherCgroup_whereItsConfigSaysSo() {
        Bundle bundle = counting().set("/linux/cgroupsPath", "'" + Cgroup.path("before") + "'");
        started(bundle);
        checkpoint(bundle, "images").success();
        assertThat(Cgroup.at(Cgroup.path("before"))).isEmpty();
        bundle.set("/linux/cgroupsPath", "'" + Cgroup.path("after") + "'")
                .set("/linux/resources", "{pids: {limit: 9}}")
                .write();
        restore(bundle, "images", "--detach").success();
        assertThat(bundle.confine("exec", bundle.id(), "cat", "/proc/1/cgroup").output())
                .isEqualTo("0::" + Cgroup.path("after"));
        assertThat(Cgroup.read("pids", Cgroup.path("after"), "pids.max", "pids.max"))
                .isEqualTo("9");
        countsOn(bundle);
        bundle.deleteByForce().success();
        assertThat(Cgroup.at(Cgroup.path(""))).isEmpty();
    }

    @Test
    void restored_inTheForeground_endsAsItDoes_withTheCallersPipes() {
        Bundle bundle = Bundle.of(As.ROOT)
                .script("trap 'echo ended; exit 7' TERM; while read -t 1 x || :; do echo alive; done");
        Command.Running first = Command.of(Command.words(
                        List.of("sh", "-c", "sleep 1000 | \"$@\" 2>&1 | cat", "sh"),
                        bundle.write().runWords().toArray(String[]::new)))
                .start();
        first.until("alive");
        checkpoint(bundle, "images").success();
        Command.Running again = Command.of(Command.words(
                        List.of("sh", "-c", "sleep 1000 | { \"$@\" 2>&1; echo exit $?; } | cat", "sh"),
                        bundle.verbWords("restore", restoring(bundle, "images").toArray(String[]::new))
                                .toArray(String[]::new)))
                .start();
        again.until("alive");
        bundle.confine("kill", bundle.id(), "TERM").success();
        again.until("exit 7");
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        first.process().descendants().forEach(ProcessHandle::destroy);
        again.process().descendants().forEach(ProcessHandle::destroy);
    }

    @Test
    void iterations_saveWhatHasChanged() {
        Bundle bundle = counting();
        started(bundle);
        assertThat(checkpoint(bundle, "one", "--pre-dump").success().err()).isEmpty();
        assertThat(bundle.status()).isEqualTo("running");
        countsOn(bundle);
        checkpoint(bundle, "two", "--parent-path", "../one").success();
        restore(bundle, "two", "--detach").success();
        countsOn(bundle);
        bundle.deleteByForce().success();
    }

    @Test
    void container_inAUserNamespace_goesOnThere() {
        Bundle bundle = counting().userNamespace("0:500000:65536");
        Command.run("chown", "-R", "500000:500000", bundle.rootfs().toString()).success();
        // what root inside may open anew
        bundle.run(Confine.as(As.ROOT).viaShell("exec \"$@\" >/dev/null 2>&1"), "--detach")
                .success();
        Eventually.holds("it counts", () -> Files.exists(bundle.rootfs().resolve("count")));
        checkpoint(bundle, "images").success();
        restore(bundle, "images", "--detach").success();
        countsOn(bundle);
        assertThat(Scratch.read(Path.of("/proc/" + bundle.pid() + "/uid_map")).strip())
                .matches("0 +500000 +65536");
        bundle.deleteByForce().success();
    }

    @Test
    @Requires("systemd")
    void scope_isMadeAnew_forWhatIsRestored() {
        Bundle bundle = counting().set("/linux/cgroupsPath", "'machine.slice:criu:" + Bundle.class.hashCode() + "'");
        String scope = "/machine.slice/criu-" + Bundle.class.hashCode() + ".scope";
        systemd(bundle, "run", "--bundle", bundle.write().directory().toString(), "--detach", bundle.id())
                .success();
        Eventually.holds("it counts", () -> Files.exists(bundle.rootfs().resolve("count")));
        checkpoint(bundle, "images").success();
        Eventually.holds("systemd removes the scope", () -> Cgroup.at(scope).isEmpty());
        systemd(bundle, "restore", restoring(bundle, "images", "--detach").toArray(String[]::new))
                .success();
        assertThat(Scratch.read(Path.of("/proc/" + bundle.pid() + "/cgroup")).strip())
                .isEqualTo("0::" + scope);
        countsOn(bundle);
        bundle.deleteByForce().success();
        Eventually.holds("systemd removes the scope", () -> Cgroup.at(scope).isEmpty());
    }

    private static Result systemd(Bundle bundle, String verb, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--systemd-cgroup"));
        words.addAll(List.of(bundle.words(verb, arguments)));
        return Confine.as(As.ROOT).run(words.toArray(String[]::new));
    }
}
