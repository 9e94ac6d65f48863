package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code pause} and {@code resume}: a container stands still as a whole, shows it, and can be killed and removed all the same. */
@Containers
final class PauseTest {
    private static final String COUNTING = "i=0; while :; do i=$((i+1)); echo $i > /tmp/count; done";

    private static Bundle counting() {
        Bundle bundle = Bundle.of(As.ROOT).script(COUNTING);
        bundle.run("--detach").success();
        Eventually.holds("it counts", () -> !count(bundle).isEmpty());
        return bundle;
    }

    /** One whose freezer is that of v2. */
    private static Bundle unified() {
        Confine unified = Confine.as(As.ROOT)
                .before("unshare", "-m", "sh", "-c", "umount -l " + Cgroup.mount("freezer") + " && exec \"$@\"", "sh");
        Bundle bundle = Bundle.of(As.ROOT).script(COUNTING);
        bundle.run(unified, "--detach").success();
        return bundle;
    }

    /** Empty before it has begun, and while it writes. */
    private static String count(Bundle bundle) {
        Path file = bundle.rootfs().resolve("tmp/count");
        return Files.exists(file) ? Scratch.read(file) : "";
    }

    private static void standsAndGoesOn(Bundle bundle) {
        bundle.confine("pause", bundle.id()).success();
        assertThat(bundle.status()).isEqualTo("paused");
        assertThat(bundle.confine("list").output()).contains(" paused ");
        String before = count(bundle);
        Eventually.pause(200);
        assertThat(count(bundle)).isEqualTo(before);
        bundle.confine("pause", bundle.id()).refusal("container not running", bundle.id(), "paused");
        bundle.confine("delete", bundle.id()).refusal("container still running", "paused");
        ExecTest.refused(ExecTest.exec(bundle, bundle.id(), "true"), "container paused", "--ignore-paused");

        bundle.confine("resume", bundle.id()).success();
        assertThat(bundle.status()).isEqualTo("running");
        Eventually.holds("it goes on", () -> !count(bundle).equals(before));
        bundle.confine("resume", bundle.id()).refusal("container not paused", bundle.id(), "running");
    }

    @Test
    void paused_standsStill_untilItIsResumed() {
        Bundle bundle = counting();
        standsAndGoesOn(bundle);
        bundle.deleteByForce().success();
    }

    @Test
    void paused_inV2_standsStill_untilItIsResumed() {
        Bundle bundle = unified();
        standsAndGoesOn(bundle);
        bundle.confine("pause", bundle.id()).success();
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
    }

    @Test
    void created_canBePaused_andStartsOnceItIsResumed() {
        Bundle bundle = Bundle.of(As.ROOT).args("sleep", "100");
        bundle.create().success();
        bundle.confine("pause", bundle.id()).success();
        bundle.confine("start", bundle.id()).refusal("paused", bundle.id());
        bundle.confine("resume", bundle.id()).success();
        assertThat(bundle.status()).isEqualTo("created");
        bundle.confine("start", bundle.id()).success();
        bundle.deleteByForce().success();
    }

    @Test
    void paused_isKilled_atOnceByKill_andByOthersWhenItGoesOn() {
        Bundle bundle = Bundle.of(As.ROOT).script("trap 'exit 3' USR1; touch /tmp/count; while :; do :; done");
        bundle.run("--detach").success();
        Eventually.holds(
                "it runs", () -> bundle.rootfs().resolve("tmp/count").toFile().exists());
        bundle.confine("pause", bundle.id()).success();
        bundle.confine("kill", bundle.id(), "USR1").success();
        assertThat(bundle.status()).isEqualTo("paused");
        bundle.confine("resume", bundle.id()).success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();

        bundle.run("--detach").success();
        bundle.confine("pause", bundle.id()).success();
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
    }

    @Test
    void paused_isRemovedByForce() {
        Bundle bundle = counting();
        bundle.confine("pause", bundle.id()).success();
        bundle.deleteByForce().success();
        bundle.confine("state", bundle.id()).refusal("does not exist");
    }

    @Test
    void processAddedToAPausedOne_runsWhenThatIsResumed() {
        Bundle bundle = counting();
        bundle.confine("pause", bundle.id()).success();
        Thread resuming = new Thread(() -> {
            Eventually.pause(500);
            bundle.confine("resume", bundle.id()).success();
        });
        resuming.start();
        assertThat(ExecTest.exec(bundle, "--ignore-paused", bundle.id(), "echo", "added")
                        .output())
                .isEqualTo("added");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @Test
    void stopped_cannotBePaused() {
        Bundle bundle = Bundle.of(As.ROOT).args("true");
        bundle.run("--keep").success();
        bundle.confine("pause", bundle.id()).refusal("container not running", "stopped");
        bundle.confine("resume", bundle.id()).refusal("container not paused", "stopped");
        bundle.confine("delete", bundle.id()).success();
        bundle.confine("pause", bundle.id()).refusal("does not exist");
    }

    @Test
    void ordinaryUser_withoutACgroup_isToldWhy() {
        Bundle bundle = Bundle.of(As.USER).args("sleep", "100");
        bundle.run("--detach").success();
        bundle.confine("pause", bundle.id()).refusal("cannot be paused", "cgroup", "delegated");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }
}
