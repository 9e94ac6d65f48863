package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code confine access}: what it says about files that a container may and may not use. */
@Containers
final class AccessTest {
    // ---- the exercise: bindir belongs to the host's id that is root inside, rootdir to the host's root

    @AsEach
    void directories_ofAMappedAndAnUnmappedOwner_areToldApart(As as) {
        Bundle bundle = withDirectories(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.args("sleep", "100").run("--detach").success();

        JsonNode json = json(bundle, "--want", "rx", "--verify", bundle.id(), "/bindir", "/rootdir");

        assertThat(json.at("/paths/0/answer").asText()).isEqualTo("yes");
        assertThat(json.at("/paths/1/answer").asText()).isEqualTo("no");
        assertThat(json.at("/paths/1/at").asText()).isEqualTo("/rootdir");
        assertThat(json.at("/paths/1/why").asText())
                .contains("uid 0 and gid 0 of the host, which are not mapped", "class other");
        assertThat(json.at("/paths/1/cures").findValuesAsText("how"))
                .anyMatch(how -> how.matches("chown -h " + as.firstSubordinate() + " /proc/\\d+/root/rootdir"));
        assertThat(json.findValuesAsText("agrees")).containsOnly("true");
        bundle.deleteByForce().success();
    }

    @AsEach
    void anotherOffset_isRefusedBoth_andWithoutACapabilityThatCounts(As as) {
        Bundle bundle = withDirectories(as).userNamespace("0:" + (as.firstSubordinate() + 1000) + ":1000");
        bundle.args("sleep", "100").run("--detach").success();

        JsonNode json = json(
                bundle, "--want", "x", "--cap", "CAP_DAC_OVERRIDE", "--verify", bundle.id(), "/bindir", "/rootdir");

        for (int i = 0; i < 2; i++) {
            JsonNode path = json.at("/paths/" + i);
            assertThat(path.path("answer").asText()).isEqualTo("no");
            assertThat(path.path("why").asText()).contains("CAP_DAC_OVERRIDE is there and does not count here");
            assertThat(path.at("/kernel/agrees").asBoolean()).isTrue();
            assertThat(path.path("cures").findValuesAsText("kind")).contains("chown", "map");
        }
        bundle.deleteByForce().success();
    }

    /** An ordinary user may not search them itself. */
    @AsEach
    void directories_ofOtherIdsInside_areWalkedFromInside(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        Host.require("root");
        Path outer = bundle.rootfs().resolve("outer");
        own(outer, as.firstSubordinate() + 33);
        own(outer.resolve("inner"), as.firstSubordinate() + 33);
        Command.run("sh", "-c", "ln -s inner " + outer + "/link; echo > " + outer + "/inner/file")
                .success();
        bundle.args("sleep", "100").run("--detach").success();
        List<String> paths = List.of("/outer/link/file", "/outer/inner/none", "/outer/inner/../..");
        List<String> words =
                Command.words(List.of("--as", "33", "--verify", bundle.id()), paths.toArray(String[]::new));

        JsonNode live = json(bundle, words.toArray(String[]::new));
        assertThat(live.path("paths").findValuesAsText("answer")).containsExactly("yes", "no", "yes");
        assertThat(live.findValuesAsText("agrees")).containsOnly("true");

        words = Command.words(List.of("--as", "33", bundle.directory().toString()), paths.toArray(String[]::new));
        JsonNode configured = json(bundle, words.toArray(String[]::new));
        assertThat(configured.path("paths").findValuesAsText("answer")).containsExactly("yes", "no", "yes");
        bundle.deleteByForce().success();
    }

    @AsEach
    void container_thatWaitsOrHasEnded_isAnsweredByItsConfiguration(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.args("true").create().success();
        assertThat(bundle.confine("access", bundle.id(), "/bin").output()).contains("yes: uid 0");
        bundle.confine("start", bundle.id()).success();
        LifecycleTest.stopped(bundle);
        assertThat(bundle.confine("access", bundle.id(), "/bin").success().out())
                .contains("yes: uid 0", "by its configuration");
        bundle.confine("access", "--verify", bundle.id(), "/bin").refusal("has none that may be asked");
        assertThat(bundle.confine("ids", bundle.id(), "7").success().out())
                .contains(Long.toString(as.firstSubordinate() + 7));
        bundle.deleteByForce().success();
    }

    /** What is said is done, and then it is allowed. */
    @Test
    void firstChown_thatIsNamed_cures() {
        Bundle bundle = withDirectories(As.ROOT).userNamespace("0:500000:1000");
        bundle.args("sleep", "100").run("--detach").success();
        JsonNode cures = json(bundle, "--want", "rwx", bundle.id(), "/rootdir").at("/paths/0/cures");
        String how = "";
        for (JsonNode cure : cures) {
            how = cure.path("kind").asText().equals("chown") ? cure.path("how").asText() : how;
        }
        Command.run("sh", "-c", how).success();
        assertThat(bundle.confine("access", "--want", "rwx", "--verify", bundle.id(), "/rootdir")
                        .output())
                .contains("yes: ", "Verified: the kernel answers the same");
        bundle.deleteByForce().success();
    }

    // ---- who is asked about

    @AsEach
    void bundle_thatDoesNotRun_isAnsweredLikeTheContainer(As as) {
        Bundle bundle = withDirectories(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.write();
        Path here = bundle.directory();
        JsonNode json = json(bundle, "--want", "rx", here.toString(), "/bindir", "/rootdir", "/proc/1", "/none");
        assertThat(json.path("kind").asText()).isEqualTo("bundle");
        assertThat(json.path("paths").findValuesAsText("answer")).containsExactly("yes", "no", "unknown", "no");
    }

    @AsEach
    void anyProcess_isAnswered_andAnotherUserInIt(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.args("sleep", "100").run("--detach").success();
        String pid = Long.toString(bundle.pid());
        JsonNode json = json(bundle, "--as", "7:8", "--verify", "--want", "x", pid, "/bin/busybox", "/proc/1/root");
        assertThat(json.path("kind").asText()).isEqualTo("process");
        assertThat(json.at("/as/hostUid").asLong()).isEqualTo(as.firstSubordinate() + 7);
        assertThat(json.at("/paths/0/answer").asText()).isEqualTo("yes");
        assertThat(json.at("/paths/0/kernel/agrees").asBoolean()).isTrue();
        assertThat(json.at("/paths/1/answer").asText()).isEqualTo("unknown");
        bundle.deleteByForce().success();
    }

    @AsEach
    void whatIsNobody_isRefusedWithASentence(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.write();
        bundle.confine("access", "nothing-of-that-name", "/").refusal("no container here", "no pid", "config.json");
        bundle.confine("access", "--as", "5000", bundle.directory().toString(), "/")
                .refusal("uid 5000 is not mapped", "0 " + as.firstSubordinate() + " 1000");
        bundle.confine("access", "--want", "q", bundle.directory().toString(), "/")
                .refusal("letters out of rwx");
        bundle.confine("access", "--verify", bundle.directory().toString(), "/").refusal("has none that may be asked");
    }

    @AsEach
    void report_forPeople_hasTheWhyAndTheCures(As as) {
        String uid = Long.toString(as.firstSubordinate());
        Bundle bundle = withDirectories(as).userNamespace("0:" + uid + ":1000");
        bundle.args("sleep", "100").run("--detach").success();
        Result result = bundle.confine("access", bundle.id(), "/rootdir");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .contains("no: uid 0 (" + uid + " on the host)", "EACCES at /rootdir", "Why: ", "drwx------")
                .containsPattern("1\\. give this one user the permission.*\n +setfacl -m u:" + uid + ":r /proc/");
        assertThat(result.out().contains("Files are changed by their owner, or by root."))
                .isEqualTo(as == As.USER);
        bundle.deleteByForce().success();
    }

    private static Bundle withDirectories(As as) {
        Bundle bundle = Bundle.of(as);
        Host.require("root");
        own(bundle.rootfs().resolve("bindir"), as.firstSubordinate());
        own(bundle.rootfs().resolve("rootdir"), 0);
        return bundle;
    }

    private static void own(Path directory, long uid) {
        Command.run("mkdir", directory.toString()).success();
        Scratch.chmod(directory, "rwx------");
        Scratch.own(directory, uid);
    }

    private static JsonNode json(Bundle bundle, String... words) {
        Result result =
                bundle.confine("access", Command.words(List.of("--json"), words).toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return Config.parse(result.out());
    }
}
