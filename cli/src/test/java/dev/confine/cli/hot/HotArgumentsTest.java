package dev.confine.cli.hot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.args.CreateArguments;
import dev.confine.cli.args.DeleteArguments;
import dev.confine.cli.args.GlobalArguments;
import dev.confine.cli.args.KillArguments;
import dev.confine.cli.args.MapArguments;
import dev.confine.cli.args.RunArguments;
import dev.confine.cli.verb.CreateVerb;
import dev.confine.cli.verb.DeleteVerb;
import dev.confine.cli.verb.Invocation;
import dev.confine.cli.verb.KillVerb;
import dev.confine.cli.verb.ListVerb;
import dev.confine.cli.verb.PauseVerb;
import dev.confine.cli.verb.ResumeVerb;
import dev.confine.cli.verb.RunVerb;
import dev.confine.cli.verb.StateVerb;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HotArgumentsTest {
    private static @Nullable Invocation parse(String line) {
        return HotArguments.parse(List.of(line.split(" ", -1)));
    }

    @Test
    void create_asConmonCallsIt_isUnderstood() {
        assertThat(parse(
                        "--cgroup-manager=disabled --root /r --log /l --log-format=json create --bundle /b --pid-file /p"
                                + " --no-pivot --no-new-keyring --preserve-fds 3 --console-socket /s c1"))
                .isEqualTo(new Invocation(
                        new GlobalArguments("/r", "/l", "json", null, false, null, "disabled"),
                        new CreateVerb(new CreateArguments(
                                "c1",
                                new BundleArguments("/b", null, MapArguments.NONE),
                                "/p",
                                "/s",
                                null,
                                3,
                                true,
                                true,
                                false))));
    }

    @Test
    void run_withMaps_keepsTheirOrder() {
        assertThat(parse("run -d --keep --map auto --uid-map 0:1:2 --uid-map 2:9:1 --gid-map=0:1:2 --idmap-rootfs c1"))
                .isEqualTo(new Invocation(
                        GlobalArguments.NONE,
                        new RunVerb(new RunArguments(
                                new CreateArguments(
                                        "c1",
                                        new BundleArguments(
                                                ".",
                                                null,
                                                new MapArguments("auto", List.of("0:1:2", "2:9:1"), List.of("0:1:2"))),
                                        null,
                                        null,
                                        null,
                                        0,
                                        false,
                                        false,
                                        true),
                                true,
                                true))));
    }

    @Test
    void kill_withoutSignal_sendsTerm() {
        assertThat(parse("kill c1"))
                .isEqualTo(new Invocation(GlobalArguments.NONE, new KillVerb(new KillArguments("c1", "TERM", false))));
    }

    @Test
    void kill_asTheShimCallsIt_isUnderstood() {
        assertThat(parse("--root /r --log /l --log-format json kill --all c1 9"))
                .isEqualTo(new Invocation(
                        new GlobalArguments("/r", "/l", "json", null, false, null, null),
                        new KillVerb(new KillArguments("c1", "9", true))));
    }

    @Test
    void pauseAndResume_ofAnId_areUnderstood() {
        assertThat(parse("pause c1")).isEqualTo(new Invocation(GlobalArguments.NONE, new PauseVerb("c1")));
        assertThat(parse("resume c1")).isEqualTo(new Invocation(GlobalArguments.NONE, new ResumeVerb("c1")));
    }

    @Test
    void delete_forced_isUnderstood() {
        assertThat(parse("delete -f c1"))
                .isEqualTo(new Invocation(GlobalArguments.NONE, new DeleteVerb(new DeleteArguments("c1", true))));
    }

    @Test
    void state_ofAnId_isUnderstood() {
        assertThat(parse("--debug --backend jnr state c1"))
                .isEqualTo(new Invocation(
                        new GlobalArguments(null, null, null, null, true, "jnr", null), new StateVerb("c1")));
    }

    @Test
    void list_asCompletionCallsIt_isUnderstood() {
        assertThat(parse("--root /r list -q"))
                .isEqualTo(new Invocation(
                        new GlobalArguments("/r", null, null, null, false, null, null), new ListVerb(false, true)));
        assertThat(parse("list --format json"))
                .isEqualTo(new Invocation(GlobalArguments.NONE, new ListVerb(true, false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "run a b",
                "run --help",
                "run --unknown c1",
                "run --bundle",
                "run --bundle --keep c1",
                "run -b /x --bundle /y c1",
                "run --keep --keep c1",
                "run -dk c1",
                "run --preserve-fds 1000 c1",
                "run --preserve-fds -1 c1",
                "run --keep=true c1",
                "run --console-socket c1",
                "create --detach c1",
                "state -- c1",
                "kill c1 TERM more",
                "kill c1 --all",
                "pause c1 c2",
                "resume --all c1",
                "list c1",
                "list -f yaml",
                "delete --regex c",
                "--version",
                "--systemd-cgroup --cgroup-manager cgroupfs state c1",
                "--cgroup-manager magic state c1",
                "--rootless maybe state c1",
                "--root= state c1",
                "--root=-- state c1",
                "--root"
            })
    void unknownOrUnclear_isDeclined(String line) {
        assertThat(parse(line)).isNull();
    }
}
