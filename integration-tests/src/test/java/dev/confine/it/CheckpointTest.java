package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code checkpoint}, with a program in criu's place that speaks its protocol and writes down what it was asked for. */
@Containers
final class CheckpointTest {
    private static Bundle running(As as) {
        Host.require("python");
        Path data = Scratch.current().directory("data", as);
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.mount("{destination: '/data', type: 'bind', source: '" + data + "', options: ['bind']}");
        bundle.run("--detach").success();
        return bundle;
    }

    private static Result checkpoint(Bundle bundle, Path criu, String... flags) {
        List<String> words = new ArrayList<>(List.of("--criu", criu.toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return bundle.confine("checkpoint", words.toArray(new String[0]));
    }

    @AsEach
    void container_isSaved_andRemoved(As as) {
        Bundle bundle = running(as);
        long pid = bundle.pid();
        Path images = bundle.host("images");
        checkpoint(bundle, FakeCriu.that("save"), "--image-path", images.toString())
                .success();
        JsonNode asked = FakeCriu.asked(images);
        assertThat(asked.path("type").path(0).asInt()).isEqualTo(1);
        assertThat(asked.path("images").asText()).isEqualTo(images.toString());
        assertThat(asked.path("argv").path(0).asText()).isEqualTo("swrk");
        // stdio and what it opened to count them
        assertThat(asked.path("fds").asInt()).isLessThanOrEqualTo(5);
        assertThat(FakeCriu.field(asked, 2)).isEqualTo(Long.toString(pid));
        assertThat(FakeCriu.field(asked, 13)).isEqualTo(bundle.rootfs().toString());
        assertThat(FakeCriu.field(asked, 34)).isEqualTo("3");
        assertThat(asked.path("37").toString()).contains("mnt[/data]:/data", "mnt[/proc/keys]:/proc/keys");
        assertThat(asked.path("37").toString()).doesNotContain("mnt[/]", "mnt[/proc]", "mnt[/dev]", "mnt[/proc/sys]");
        assertThat(List.of(
                        FakeCriu.field(asked, 3),
                        FakeCriu.field(asked, 4),
                        FakeCriu.field(asked, 5),
                        FakeCriu.field(asked, 7),
                        FakeCriu.field(asked, 14)))
                .containsOnly("none");
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        assertThat(Scratch.names(images)).contains("asked.json");
    }

    @AsEach
    void flags_areSaidToCriu(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        Path work = bundle.host("work");
        checkpoint(
                        bundle,
                        FakeCriu.that("save"),
                        "--image-path=" + images,
                        "--work-path=" + work,
                        "--parent-path=../parent",
                        "--leave-running",
                        "--tcp-established",
                        "--tcp-skip-in-flight",
                        "--link-remap",
                        "--ext-unix-sk",
                        "--shell-job",
                        "--file-locks",
                        "--auto-dedup",
                        "--lazy-pages",
                        "--empty-ns=network",
                        "--page-server=[::1]:27",
                        "--manage-cgroups-mode=strict")
                .success();
        JsonNode asked = FakeCriu.asked(images);
        assertThat(asked.path("work").asText()).isEqualTo(work.toString());
        assertThat(FakeCriu.field(asked, 14)).isEqualTo("../parent");
        assertThat(FakeCriu.field(asked, 34)).isEqualTo("5");
        assertThat(FakeCriu.field(asked, 38)).isEqualTo(Integer.toString(0x40000000));
        assertThat(FakeCriu.field(asked, 11)).contains("[::1]", "\\x10\\x1b");
        for (int flag : List.of(3, 4, 5, 7, 8, 15, 16, 18, 24, 46, 48)) {
            assertThat(FakeCriu.field(asked, flag)).as("field %d", flag).isEqualTo("1");
        }
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void preDump_savesMemoryAlone_andLetsGoOn(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        checkpoint(bundle, FakeCriu.that("save"), "--image-path", images.toString(), "--pre-dump")
                .success();
        JsonNode asked = FakeCriu.asked(images);
        assertThat(asked.path("type").path(0).asInt()).isEqualTo(4);
        assertThat(FakeCriu.field(asked, 15)).isEqualTo("1");
        assertThat(FakeCriu.field(asked, 37)).isEqualTo("none");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void refusal_ofCriu_isTold_andTheContainerStays(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        String path = images.toString();
        checkpoint(bundle, FakeCriu.that("refuse"), "--image-path", path)
                .refusal("criu cannot save container", "no such luck", "ENOTSUP", path + "/dump.log");
        checkpoint(bundle, FakeCriu.that("vanish"), "--image-path", path)
                .refusal("criu ended without an answer", "criu check");
        checkpoint(bundle, Path.of("/bin/true"), "--image-path", path).refusal("criu ended");
        checkpoint(bundle, Path.of("/nowhere"), "--image-path", path).refusal("/nowhere", "ENOENT");
        checkpoint(bundle, FakeCriu.that("save"), "--image-path", path + "/a/b").refusal("cannot make the directory");
        checkpoint(bundle, FakeCriu.that("save"), "--parent-path", "/x").refusal("relative to --image-path");
        checkpoint(bundle, FakeCriu.that("save"), "--page-server", "host").refusal("HOST:PORT");
        checkpoint(bundle, FakeCriu.that("save"), "--manage-cgroups-mode", "all")
                .refusal("soft, full, strict or ignore");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void container_thatDoesNotRun_isRefused(As as) {
        Host.require("python");
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.create().success();
        checkpoint(bundle, FakeCriu.that("save")).refusal("created", "start it first");
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        checkpoint(bundle, FakeCriu.that("save")).refusal("container not running");
        assertThat(Files.exists(Path.of("/checkpoint"))).isFalse();
        bundle.deleteByForce().success();
    }

    @Test
    void container_thatIsPaused_isSavedAsItIs() {
        Bundle bundle = running(As.ROOT);
        Path images = bundle.host("images");
        bundle.confine("pause", bundle.id()).success();
        checkpoint(bundle, FakeCriu.that("save"), "--image-path", images.toString(), "--leave-running")
                .success();
        assertThat(FakeCriu.field(FakeCriu.asked(images), 44)).contains("confine-");
        assertThat(bundle.status()).isEqualTo("paused");
        bundle.deleteByForce().success();
    }

    @Test
    void statusFd_isTold_whenMemoryCanBeFetched() {
        Bundle bundle = running(As.ROOT);
        Path images = bundle.host("images");
        Path told = Scratch.current().path("told");
        List<String> words = List.of("--criu", FakeCriu.that("save").toString(), "--image-path", images.toString());
        Confine confine = Confine.as(As.ROOT).viaShell("exec \"$@\" 7> " + told);
        bundle.confine(
                        confine,
                        "checkpoint",
                        Command.words(words, "--status-fd", "7", "--leave-running", bundle.id())
                                .toArray(new String[0]))
                .success();
        assertThat(Scratch.read(told)).isEqualTo("\0");
        assertThat(FakeCriu.field(FakeCriu.asked(images), 12)).isEqualTo("1");
        checkpoint(bundle, FakeCriu.that("save"), "--image-path", images.toString(), "--status-fd", "77")
                .refusal("file descriptor 77", "EBADF", "--status-fd");
        bundle.deleteByForce().success();
    }
}
