package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The verbs and their order, {@code runtime.md#lifecycle}, with the sentences that callers look for. */
@Containers
final class LifecycleTest {
    @AsEach
    void createStartKillDelete_goThroughTheStates(As as) {
        Bundle bundle = Bundle.of(as).script("touch /started; exec sleep 100");
        bundle.create().success();
        assertThat(bundle.status()).isEqualTo("created");
        assertThat(bundle.rootfs().resolve("started")).doesNotExist();

        bundle.confine("start", bundle.id()).success();
        assertThat(bundle.status()).isEqualTo("running");
        Eventually.holds("the program runs", () -> Files.exists(bundle.rootfs().resolve("started")));

        bundle.confine("kill", bundle.id(), "KILL").success();
        stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
        bundle.confine("state", bundle.id()).refusal("container does not exist", bundle.id());
    }

    @AsEach
    void state_isThatOfTheSpecification(As as) {
        Bundle bundle = Bundle.of(as).set("/annotations", "{'org.example.key': 'value'}");
        bundle.create().success();
        JsonNode state = bundle.state();
        assertThat(state.path("ociVersion").asText()).startsWith("1.");
        assertThat(state.path("id").asText()).isEqualTo(bundle.id());
        assertThat(state.path("status").asText()).isEqualTo("created");
        assertThat(state.path("bundle").asText()).isEqualTo(bundle.directory().toString());
        assertThat(state.path("rootfs").asText()).isEqualTo(bundle.rootfs().toString());
        assertThat(state.path("annotations").path("org.example.key").asText()).isEqualTo("value");
        assertThat(state.path("owner").asText()).isEqualTo(as.userName());
        assertThat(Instant.parse(state.path("created").asText())).isBefore(Instant.now());
        assertThat(Path.of("/proc/" + state.path("pid").asLong())).isDirectory();
        bundle.deleteByForce().success();
    }

    @AsEach
    void configChangedAfterCreate_hasNoEffect(As as) {
        Bundle bundle = Bundle.of(as).script("echo old > /said");
        bundle.create().success();
        bundle.script("echo new > /said").write();
        bundle.confine("start", bundle.id()).success();
        stopped(bundle);
        assertThat(bundle.rootfs().resolve("said")).hasContent("old\n");
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void config_isKeptAsItWasTaken_forItsOwnerAlone(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create().success();
        Path kept = bundle.stateDirectory().resolve(bundle.id()).resolve("config.json");
        assertThat(kept).hasSameTextualContentAs(bundle.directory().resolve("config.json"));
        assertThat(Command.run("stat", "-c", "%a", kept.toString()).output()).isEqualTo("600");
        bundle.deleteByForce().success();
    }

    @AsEach
    void config_withAPreset_isKeptWithTheMapsOfThePreset(As as) {
        Bundle bundle = Bundle.of(as).withoutUserNamespace();
        bundle.create("--map", "self").success();
        Path kept = bundle.stateDirectory().resolve(bundle.id()).resolve("config.json");
        assertThat(Config.parse(Scratch.read(kept))
                        .at("/linux/uidMappings/0/hostID")
                        .asLong())
                .isEqualTo(as.uid());
        bundle.deleteByForce().success();
    }

    // ---- the wrong order

    @AsEach
    void verbs_onWhatDoesNotExist_areRefused(As as) {
        Bundle bundle = Bundle.of(as);
        for (String verb : List.of("start", "state", "kill", "delete", "ps")) {
            bundle.confine(verb, "nobody").refusal("container does not exist", "nobody");
        }
        bundle.confine("delete", "--force", "nobody").success();
    }

    @AsEach
    void duplicateId_isRefused_andTheFirstStays(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create().success();
        bundle.create().refusal("container with given ID already exists", bundle.id());
        bundle.run().refusal("container with given ID already exists", bundle.id());
        assertThat(bundle.status()).isEqualTo("created");
        bundle.deleteByForce().success();
    }

    @AsEach
    void start_ofARunningOrStoppedOne_isRefused(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        bundle.confine("start", bundle.id()).refusal("running", bundle.id());
        bundle.confine("kill", bundle.id(), "KILL").success();
        stopped(bundle);
        bundle.confine("start", bundle.id()).refusal("stopped", bundle.id());
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void delete_ofARunningOne_isRefused(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        bundle.confine("delete", bundle.id()).refusal("container still running", bundle.id());
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void kill_ofAStoppedOne_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.run("--detach").success();
        stopped(bundle);
        bundle.confine("kill", bundle.id()).refusal("container not running", bundle.id());
        bundle.confine("ps", bundle.id()).refusal("container not running", bundle.id());
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void deleteByForce_worksInEveryState(As as) {
        Bundle created = Bundle.of(as, "created");
        created.create().success();
        created.deleteByForce().success();

        Bundle running = Bundle.of(as, "running").args("sleep", "100");
        running.run("--detach").success();
        running.deleteByForce().success();

        Bundle stopped = Bundle.of(as, "stopped");
        stopped.run("--detach").success();
        stopped(stopped);
        stopped.deleteByForce().success();
        assertThat(Scratch.names(stopped.stateDirectory())).isEmpty();
    }

    @AsEach
    void deleteByForce_ofABrokenState_works(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create().success();
        bundle.deleteByForce().success();
        Path left = bundle.stateDirectory().resolve("left");
        assertThat(left.toFile().mkdir()).isTrue();
        Scratch.own(left, as.uid());
        assertThat(bundle.confine("state", "left").exit()).isEqualTo(1);
        assertThat(bundle.confine("delete", "--force", "left").exit()).isZero();
        assertThat(left).doesNotExist();
    }

    @AsEach
    void start_whoseProgramCannotBeExecuted_saysSo(As as) {
        Bundle bundle = Bundle.of(as).args("/script");
        Scratch.write(bundle.rootfs().resolve("script"), "no program");
        Scratch.chmod(bundle.rootfs().resolve("script"), "rwxr-xr-x");
        bundle.create().success();
        bundle.confine("start", bundle.id()).refusal("exec", "ENOEXEC");
        stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void create_ofAMissingProgram_isRefused(As as) {
        Bundle.of(as).args("nosuchprogram").create().refusal("executable file not found in $PATH");
    }

    // ---- kill

    @AsEach
    void kill_takesNamesAndNumbers(As as) {
        String[] names = {"USR1", "SIGUSR1", "10", "usr1", "35"};
        Bundle bundle = Bundle.of(as)
                .script(
                        "n=0; trap 'n=$((n+1)); echo $n > /count' USR1; trap 'echo rt > /rt' 35; touch /ready; while :; do usleep 5000; done");
        bundle.run("--detach").success();
        Eventually.holds("traps are set", () -> Files.exists(bundle.rootfs().resolve("ready")));
        for (int i = 0; i < 4; i++) {
            bundle.confine("kill", bundle.id(), names[i]).success();
            String expected = (i + 1) + "\n";
            Eventually.holds(names[i] + " arrives", () -> count(bundle).equals(expected));
        }
        bundle.confine("kill", bundle.id(), names[4]).success();
        Eventually.holds(
                "a real-time signal arrives", () -> Files.exists(bundle.rootfs().resolve("rt")));
        bundle.confine("kill", bundle.id(), "MAGIC").refusal("MAGIC");
        bundle.confine("kill", bundle.id(), "99").refusal("99");
        bundle.deleteByForce().success();
    }

    private static String count(Bundle bundle) {
        Path file = bundle.rootfs().resolve("count");
        return Files.exists(file) ? Scratch.read(file) : "";
    }

    @AsEach
    void kill_withoutSignal_isTerm(As as) {
        Bundle bundle = Bundle.of(as).script("trap 'exit 0' TERM; touch /ready; while :; do usleep 5000; done");
        bundle.run("--detach").success();
        Eventually.holds("trap is set", () -> Files.exists(bundle.rootfs().resolve("ready")));
        bundle.confine("kill", bundle.id()).success();
        stopped(bundle);
        bundle.confine("delete", bundle.id()).success();
    }

    // ---- list and ps

    @AsEach
    void list_showsAll(As as) {
        Bundle first = Bundle.of(as, "first");
        Bundle second = Bundle.of(as, "second").args("sleep", "100");
        first.create().success();
        second.run("--detach").success();

        assertThat(first.confine("list").output().lines().map(line -> line.replaceAll(" +", " ")))
                .first()
                .isEqualTo("ID PID STATUS BUNDLE CREATED OWNER");
        assertThat(first.confine("list").output())
                .containsPattern(
                        "(?m)^" + first.id() + " +\\d+ +created +" + first.directory() + " +\\S+ +" + as.userName())
                .containsPattern("(?m)^" + second.id() + " +\\d+ +running ");
        assertThat(first.confine("list", "-q").output()).isEqualTo(first.id() + "\n" + second.id());
        JsonNode json = Config.parse(first.confine("list", "--format", "json").output());
        assertThat(json).hasSize(2);
        assertThat(json.get(1).path("status").asText()).isEqualTo("running");

        first.deleteByForce().success();
        second.deleteByForce().success();
    }

    /** So many that several threads ask. */
    @AsEach
    void list_ofMany_isInOrder_andNamesWhatCannotBeRead(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create().success();
        String state = Scratch.read(bundle.stateDirectory().resolve(bundle.id() + "/state.json"));
        for (int i = 0; i < 230; i++) {
            String id = String.format("c%03d", i);
            Path directory = Scratch.current().directory("state-" + as.name().toLowerCase(Locale.ROOT) + "/" + id, as);
            Path file = directory.resolve("state.json");
            Scratch.write(file, i % 100 == 7 ? "{" : state.replace("\"" + bundle.id() + "\"", "\"" + id + "\""));
            Scratch.own(file, as.uid());
        }
        Result list = bundle.confine("list");
        List<String> ids =
                list.out().lines().skip(1).map(line -> line.split(" ")[0]).toList();
        assertThat(ids).hasSize(228).isSorted();
        assertThat(ids).doesNotContain("c107").contains("c108", bundle.id());
        assertThat(list.err().lines().toList())
                .hasSize(3)
                .isSorted()
                .first()
                .asString()
                .contains("c007/state.json");
        Command.run("sh", "-c", "rm -r " + bundle.stateDirectory() + "/c*").success();
        bundle.deleteByForce().success();
    }

    @AsEach
    void list_ofNothing_isNothing(As as) {
        Bundle bundle = Bundle.of(as);
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        assertThat(Config.parse(bundle.confine("list", "-f", "json").output())).isEmpty();
    }

    @AsEach
    void ps_showsEveryProcess(As as) {
        Bundle bundle = Bundle.of(as).script("sleep 100 & sleep 101 & touch /ready; wait");
        bundle.run("--detach").success();
        Eventually.holds("children run", () -> Files.exists(bundle.rootfs().resolve("ready")));
        String table = bundle.confine("ps", bundle.id()).output();
        assertThat(table).contains("sleep 100", "sleep 101", "/bin/sh -c");
        JsonNode pids = Config.parse(
                bundle.confine("ps", "--format", "json", bundle.id()).output());
        assertThat(pids).hasSize(3);
        assertThat(pids.get(0).asLong()).isEqualTo(bundle.pid());
        bundle.deleteByForce().success();
    }

    @AsEach
    void ps_withOptions_isThatOfTheHost(As as) {
        Bundle bundle = Bundle.of(as).script("sleep 100 & touch /ready; wait");
        bundle.run("--detach").success();
        Eventually.holds("the child runs", () -> Files.exists(bundle.rootfs().resolve("ready")));
        String table = bundle.confine("ps", bundle.id(), "-e", "-o", "pid,args").output();
        assertThat(table.lines()).hasSize(3);
        assertThat(table).startsWith("PID COMMAND").contains(bundle.pid() + " /bin/sh -c", "sleep 100");
        bundle.confine("ps", bundle.id(), "-e", "-o", "args").refusal("PID");
        Result unknown = bundle.confine("ps", bundle.id(), "--no-such-option");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("no-such-option", "exit code");
        bundle.deleteByForce().success();
    }

    @AsEach
    void delete_byExpression_removesAllThatMatch(As as) {
        Bundle bundle = Bundle.of(as);
        for (String id : List.of("web-1", "web-2", "db-1")) {
            bundle.id(id).create().success();
        }
        bundle.confine("delete", "--regex", "(").refusal("no regular expression");
        bundle.confine("delete", "--regex", "nothing").success();
        bundle.confine("delete", "--regex", "^web").refusals("still running: web-1", "still running: web-2");
        bundle.confine("delete", "--regex", "--force", "^web-[0-9]$").success();
        assertThat(bundle.confine("list", "-q").output()).isEqualTo("db-1");
        bundle.confine("delete", "--regex", "--force", ".").success();
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
    }

    static void stopped(Bundle bundle) {
        Eventually.holds(bundle.id() + " stops", () -> bundle.status().equals("stopped"));
    }
}
