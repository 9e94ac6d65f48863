package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong from the outside: each a clear line that names the thing, exit code 1, and nothing left. */
@Containers
final class BadInputTest {
    // ---- config.json

    @AsEach
    void config_missing(As as) {
        Bundle bundle = Bundle.of(as);
        run(bundle).refusal(config(bundle).toString(), "confine spec");
    }

    @AsEach
    void bundle_missing(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.confine("run", "--bundle", "/no/such/bundle", bundle.id()).refusal("/no/such/bundle");
    }

    @Test
    void config_unreadable() {
        Bundle bundle = Bundle.of(As.USER).write();
        Scratch.chmod(config(bundle), "---------");
        run(bundle).refusal(config(bundle).toString(), "ermission denied");
    }

    @AsEach
    void config_isADirectory(As as) {
        Bundle bundle = Bundle.of(as);
        assertThat(config(bundle).toFile().mkdir()).isTrue();
        run(bundle).refusal(config(bundle).toString());
    }

    @AsEach
    void config_empty(As as) {
        with(as, "").refusals("config.json");
    }

    @AsEach
    void config_truncated(As as) {
        String whole = Scratch.read(config(Bundle.of(as, "whole").write()));
        with(as, whole.substring(0, whole.length() / 2)).refusals("config.json:", "cut off");
    }

    @AsEach
    void config_ofFiftyMegabytes(As as) {
        with(as, "{\"annotations\": {\"key\": \"" + "x".repeat(50_000_000) + "\"}}")
                .refusals("config.json");
    }

    @AsEach
    void config_nestedTenThousandDeep(As as) {
        with(as, "{\"process\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                .refusals("config.json");
    }

    @AsEach
    void config_withADuplicateKey(As as) {
        with(as, "{\"ociVersion\": \"1.3.0\", \"process\": {\"cwd\": \"/\", \"cwd\": \"/tmp\"}}")
                .refusals("config.json:1:", "/process/cwd", "more than once");
    }

    @AsEach
    void config_withWrongTypes_namesThemAll(As as) {
        Result result = with(
                as,
                "{\"ociVersion\": 1, \"process\": {\"cwd\": [], \"args\": \"sh\", \"user\": {\"uid\": \"0\", \"gid\": -1}},"
                        + " \"root\": \"rootfs\", \"mounts\": {}}");
        result.refusals(
                "/ociVersion",
                "/process/cwd",
                "/process/args",
                "/process/user/uid",
                "/process/user/gid",
                "/root",
                "/mounts");
    }

    @AsEach
    void config_withGarbage(As as) {
        with(as, "\0\1\2\377").refusals("config.json");
        with(as, "[]").refusals("config.json");
        with(as, "{} {}").refusals("config.json");
        with(as, "null").refusals("config.json");
    }

    @AsEach
    void config_isAFifo(As as) {
        Bundle bundle = Bundle.of(as);
        Command.run("mkfifo", "-m", "666", config(bundle).toString()).success();
        Result result = bundle.confine(
                Confine.as(as).via("timeout", "20"),
                "run",
                "--bundle",
                bundle.directory().toString(),
                bundle.id());
        result.refusal("config.json");
    }

    @AsEach
    void bundle_isALoopOfSymbolicLinks(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Path loop = bundle.host("loop");
        Files.createSymbolicLink(loop, loop);
        bundle.confine("run", "--bundle", loop.toString(), bundle.id()).refusal(loop.toString());
    }

    @AsEach
    void rootfs_isALoopOfSymbolicLinks(As as) throws IOException {
        Bundle bundle = Bundle.of(as).set("/root/path", "'loop'");
        Files.createSymbolicLink(bundle.host("loop"), bundle.host("loop"));
        bundle.run().refusal("loop", "/root/path");
    }

    private static Result with(As as, String config) {
        Bundle bundle = Bundle.of(as, "box" + config.hashCode());
        Scratch.write(config(bundle), config);
        return run(bundle);
    }

    private static Path config(Bundle bundle) {
        return bundle.directory().resolve("config.json");
    }

    private static Result run(Bundle bundle) {
        return bundle.confine("run", "--bundle", bundle.directory().toString(), bundle.id());
    }

    // ---- ids

    @AsEach
    void id_invalid(As as) {
        Bundle bundle = Bundle.of(as);
        for (String id : List.of("..", ".", "a/b", "/", "a b", "", "ü", "a\nb", "*", "x".repeat(4096))) {
            bundle.id(id).run().refusal("invalid container ID format");
        }
        bundle.confine("state", "..").refusal("invalid container ID format");
        bundle.confine("delete", "--force", "../state-root").refusal("invalid container ID format");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    @AsEach
    void id_unusualButValid(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        for (String id : List.of("a", "A+b_c-d.e", "0", "...", "x".repeat(200))) {
            assertThat(bundle.id(id).output()).as(id).isEqualTo("fine");
        }
    }

    @AsEach
    void commandLine_wrong(As as) {
        Confine.as(as).run("run").refusals("ID");
        Confine.as(as).run("frobnicate").refusals("frobnicate");
        Confine.as(as).run("--frobnicate").refusals("--frobnicate");
        Confine.as(as).run("run", "--frobnicate", "id").refusals("--frobnicate");
        Confine.as(as).run("state", "a", "b").refusals("b");
        Confine.as(as).run("create", "--preserve-fds", "many", "id").refusals("--preserve-fds");
    }

    // ---- surroundings

    @AsEach
    void emptyEnvironment_works(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        assertThat(bundle.run(Confine.as(as).emptyEnvironment()).output()).isEqualTo("fine");
        assertThat(bundle.confine(Confine.as(as).emptyEnvironment(), "list")
                        .success()
                        .err())
                .isEmpty();
    }

    @AsEach
    void homeThatCannotBeWritten_works(As as) {
        Path home = Scratch.current().directory("home", as);
        Scratch.chmod(home, "r-xr-xr-x");
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        assertThat(bundle.run(Confine.as(as).env("HOME", home.toString())).output())
                .isEqualTo("fine");
        assertThat(Scratch.names(home)).isEmpty();
    }

    @AsEach
    void removedWorkingDirectory_works(As as) {
        Path gone = Scratch.current().directory("of-user", as).resolve("gone");
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        String script = "mkdir " + gone + " && cd " + gone + " && rmdir " + gone + " && exec \"$@\"";
        assertThat(bundle.run(Confine.as(as).viaShell(script)).output()).isEqualTo("fine");
    }

    /** The whole distribution, state and bundle are elsewhere: /tmp itself must not be needed to execute anything. */
    @AsEach
    void tmpWithoutExecution_works(As as) {
        Host.require("root");
        Bundle bundle = Bundle.of(as).args("echo", "fine");
        Path bind = Scratch.ofRun();
        String script = "mount --bind " + bind + " /mnt && mount -t tmpfs -o noexec,mode=1777 x /tmp && mkdir -p "
                + bind + " && mount --bind /mnt " + bind + " && exec \"$@\"";
        Confine confine = Confine.as(as).before("unshare", "--mount", "sh", "-c", script, "sh");
        assertThat(bundle.run(confine).output()).isEqualTo("fine");
        assertThat(bundle.confine(confine, "list").success().err()).isEmpty();
    }

    @AsEach
    void fullDisk_inTheStateDirectory(As as) {
        Host.require("root");
        Bundle bundle = Bundle.of(as);
        String state = bundle.stateDirectory().toString();
        String script = "mount -t tmpfs -o size=16k,mode=1777 x " + state + " && head -c 100000 /dev/zero > " + state
                + "/fill; exec \"$@\"";
        Confine confine = Confine.as(as).before("unshare", "--mount", "sh", "-c", script, "sh");
        Result result = bundle.run(confine);
        assertThat(result.exit()).isEqualTo(1);
        // head's own line has the words of libc
        assertThat(result.err().substring(result.err().indexOf("confine: ")))
                .contains(state)
                .containsIgnoringCase("no space left on device")
                .doesNotContain("\tat ");
    }

    @Test
    void stateDirectory_notWritable() {
        Bundle bundle = Bundle.of(As.USER).write();
        Confine.as(As.USER)
                .run(
                        "--root",
                        "/proc/nowhere",
                        "run",
                        "--bundle",
                        bundle.directory().toString(),
                        bundle.id())
                .refusal("/proc/nowhere", "--root");
    }

    @AsEach
    void fullStandardOutput_isAnError(As as) {
        Bundle bundle = Bundle.of(as);
        Result result = bundle.confine(Confine.as(as).viaShell("exec \"$@\" >/dev/full"), "list");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void commandLine_thatMeansNothing_isInTheLogToo() {
        Path log = Scratch.current().path("log");
        Confine confine = Confine.as(As.ROOT);
        confine.run("--root", "/nowhere", "--log", log.toString(), "--log-format=json", "create", "--nonsense", "x")
                .refusal("--nonsense");
        assertThat(Scratch.read(log)).contains("\"level\":\"error\"", "--nonsense");
        confine.run("--log=" + log, "state", "--log", "/nowhere/x").refusal("--log");
        assertThat(Scratch.read(log).lines()).hasSize(2);
    }
}
