package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which backend starts a container, who chooses it, and who may bring one along. */
@Containers
final class BackendTest {
    @AsEach
    void backends_areListedWithReasons(As as) {
        JsonNode list = Config.parse(Confine.as(as).run("backends", "--json").output());
        assertThat(list).extracting(node -> node.path("name").asText()).containsExactlyInAnyOrder("jnr", "newuidmap");
        assertThat(named(list, "jnr").path("usable").asBoolean()).isEqualTo(as == As.ROOT);
        assertThat(named(list, "newuidmap").path("usable").asBoolean() || as == As.ROOT)
                .isTrue();
        assertThat(Confine.as(as).run("backends").output()).contains("NAME", "RANK", "USABLE", "jnr", "newuidmap");
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode node : list) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    @Test
    void jnr_asAnOrdinaryUser_isRefusedWithTheReason() {
        Bundle bundle = Bundle.of(As.USER);
        bundle.run(Confine.as(As.USER).env("CONFINE_BACKEND", "jnr")).refusal("jnr", "root");
    }

    @AsEach
    void unknownBackend_isRefusedWithThoseThereAre(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.run(Confine.as(as).env("CONFINE_BACKEND", "magic")).refusal("magic", "jnr", "newuidmap");
    }

    @Test
    void flag_winsOverEnvironment_andEnvironmentOverFile() {
        Bundle bundle = Bundle.of(As.USER).args("echo", "ran").write();
        Path home = Scratch.current().directory("home", As.USER);
        settings(home, "confine.backend=fromfile");
        String state = bundle.stateDirectory().toString();
        String[] run = {"run", "--bundle", bundle.directory().toString(), bundle.id()};

        user(home).run("--root", state, "run", "--bundle", run[2], run[3]).refusal("fromfile");
        user(home)
                .env("CONFINE_BACKEND", "fromenv")
                .run("--root", state, "run", "--bundle", run[2], run[3])
                .refusal("fromenv");
        Result chosen = user(home)
                .env("CONFINE_BACKEND", "fromenv")
                .run("--root", state, "--backend", "newuidmap", "run", "--bundle", run[2], run[3]);
        assertThat(chosen.output()).isEqualTo("ran");
    }

    @Test
    void unknownSetting_isRefusedByName() {
        Path home = Scratch.current().directory("home", As.USER);
        settings(home, "confine.bakcend=jnr");
        user(home).run("backends").refusal("confine.bakcend", "confine.properties");
    }

    private static Confine user(Path home) {
        return Confine.as(As.USER).env("HOME", home.toString());
    }

    private static void settings(Path home, String line) {
        Path directory = home.resolve(".config/confine");
        assertThat(directory.toFile().mkdirs()).isTrue();
        Scratch.write(directory.resolve("confine.properties"), line + "\n");
        Command.run("chmod", "-R", "a+rX", home.toString()).success();
    }

    // ---- jars

    @Test
    @Requires("javac")
    void exampleOfACustomBackend_isListedAndRunsAContainer() {
        Path jars = Jars.example(As.ROOT);
        assertThat(with(As.ROOT, jars).run("backends").output()).containsPattern("(?m)^audit +\\d+ +yes");
        Bundle bundle = Bundle.of(As.ROOT).withoutUserNamespace().args("echo", "ran");
        Result result = bundle.run(with(As.ROOT, jars).env("CONFINE_BACKEND", "audit"), "--map", "auto")
                .success();
        assertThat(result.out()).isEqualTo("ran\n");
        assertThat(result.err()).contains("audit: uid 0 gave uids");
    }

    @Test
    @Requires("javac")
    void exampleOfACustomBackend_ofAnOrdinaryUser_runsAContainer() {
        Path jars = Jars.example(As.USER);
        Bundle bundle = Bundle.of(As.USER).withoutUserNamespace().args("echo", "ran");
        Result result = bundle.run(with(As.USER, jars).env("CONFINE_BACKEND", "audit"), "--map", "self");
        assertThat(result.success().out()).isEqualTo("ran\n");
    }

    @AsEach
    @Requires("javac")
    void backendThatThrowsWhileLoading_isSaidToBeUnusable_andHidesNoOther(As as) {
        Path jars = Jars.broken(as);
        Result list = with(as, jars).run("backends").success();
        assertThat(list.out()).contains("jnr", "newuidmap", "thrown while loading");
        assertThat(list.err()).doesNotContain("\tat ");
    }

    @AsEach
    void fileThatIsNoJar_hidesNoBackend(As as) {
        Path jars = Jars.directory(as);
        Scratch.write(jars.resolve("nothing.jar"), "no zip");
        assertThat(with(as, jars).run("backends").success().out()).contains("jnr", "newuidmap");
    }

    @AsEach
    void missingDirectoryOfJars_isRefused(As as) {
        with(as, Path.of("/no/such/directory")).run("backends").refusal("/no/such/directory", "confine.backends.path");
    }

    @Test
    void jarThatOthersCanWrite_isNotLoadedAsRoot() {
        Path jars = Jars.directory(As.ROOT);
        Scratch.write(jars.resolve("any.jar"), "any");
        Scratch.chmod(jars.resolve("any.jar"), "rw-rw-rw-");
        with(As.ROOT, jars).run("backends").refusal("any.jar", "0666");
    }

    @Test
    void jarOfAnOrdinaryUser_isNotLoadedAsRoot() {
        As.USER.require();
        Path jars = Jars.directory(As.ROOT);
        Scratch.own(Scratch.write(jars.resolve("any.jar"), "any"), As.USER.uid());
        with(As.ROOT, jars).run("backends").refusal("any.jar", "uid " + As.USER.uid());
    }

    @Test
    void directoryOfAnOrdinaryUser_isNotReadAsRoot() {
        As.USER.require();
        Path jars = Jars.directory(As.ROOT);
        Scratch.own(jars, As.USER.uid());
        with(As.ROOT, jars).run("backends").refusal(jars.toString(), "uid " + As.USER.uid());
    }

    private static Confine with(As as, Path jars) {
        return Confine.as(as).env("CONFINE_BACKENDS_PATH", jars.toString());
    }
}
