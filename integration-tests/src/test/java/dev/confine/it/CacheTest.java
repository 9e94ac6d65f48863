package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes commands fast follows the JDK and the jar by itself, and nobody notices but by the time that commands take. */
@Containers
final class CacheTest {
    private static final long MILLIS_TO_TRAIN = 120_000;

    /** A copy of the distribution that belongs to one of the two. */
    private record Copy(As as, Path lib) {
        static Copy of(As as, As owner) {
            Path into = Scratch.current().unused("copy", owner);
            Command.run("cp", "-a", Scratch.distribution().toString(), into + "/confine")
                    .success();
            Command.run("chown", "-R", Long.toString(owner.uid()), into.toString())
                    .success();
            return new Copy(as, into.resolve("confine/lib"));
        }

        Confine confine() {
            return Confine.as(as).program(lib.resolveSibling("bin/confine")).env("HOME", home());
        }

        /** Where its user keeps what is its own. */
        String home() {
            return Scratch.current().path() + "/home";
        }

        Path own() {
            return Path.of(home(), ".cache/confine/java", lib.toString().replace('/', '+'));
        }

        void works() {
            Bundle bundle = Bundle.of(as).args("echo", "fine");
            Result result = bundle.run(confine()).success();
            assertThat(result.out()).isEqualTo("fine\n");
            assertThat(result.err()).isEmpty();
        }

        String doctor() {
            return confine().run("doctor").out();
        }

        void withoutCaches() {
            Command.run("sh", "-c", "rm " + lib + "/java*.args " + lib + "/hot-* " + lib + "/full-*")
                    .success();
        }

        /** What the commands of this test may have started in the background. */
        boolean isTraining() {
            return ProcessHandle.allProcesses()
                    .anyMatch(process -> process.info().commandLine().orElse("").contains(lib + "/train"));
        }
    }

    private static List<String> caches(Path directory) {
        return Scratch.names(directory).stream()
                .filter(name -> name.startsWith("hot-") || name.startsWith("full-"))
                .toList();
    }

    private static void awaitCaches(Path directory, String suffix) {
        boolean made = Eventually.within(
                MILLIS_TO_TRAIN,
                () -> Files.exists(directory.resolve("java.args"))
                        && Scratch.read(directory.resolve("java.args")).contains(suffix)
                        && !Files.exists(directory.resolve("renewing")));
        Path log = directory.resolve("renewing/log");
        assertThat(made)
                .as("caches in %s; %s", Scratch.names(directory), Files.exists(log) ? Scratch.read(log) : "no log")
                .isTrue();
        assertThat(caches(directory)).hasSize(2).allMatch(name -> name.endsWith(suffix));
        assertThat(Scratch.names(directory)).noneMatch(name -> name.matches(".*args\\.[0-9]+"));
    }

    /** As a package manager replaces a JDK. */
    @AsEach
    @Requires("jdk-17")
    void jdk_replacedUnderItsPath_hasNewCachesSoon(As as) throws IOException {
        Copy copy = Copy.of(as, as);
        Path jdk = Scratch.current().directory("jdks", as).resolve("jdk");
        Files.createSymbolicLink(jdk, Host.jdk("25").orElseThrow());
        Command.of(Command.words(as.prefix(), copy.lib + "/find-java", "--write", jdk.toString()))
                .run()
                .success();
        copy.works();
        assertThat(copy.doctor()).contains("java 25").contains(".aot").doesNotContain("several times");

        Files.delete(jdk);
        Files.createSymbolicLink(jdk, Host.jdk("17").orElseThrow());
        copy.works();
        awaitCaches(copy.lib, ".jsa");
        copy.works();
        assertThat(copy.doctor()).contains("java 17").contains(".jsa").doesNotContain("several times");
        assertThat(Scratch.names(copy.lib)).contains("java.home").doesNotContain("renewing");
    }

    /** A JVM might not notice, and run the code of old. */
    @AsEach
    void jar_replaced_isNeverRunWithTheCacheOfAnother(As as) {
        Copy copy = Copy.of(as, as);
        Path jar = copy.lib.resolve("confine.jar");
        Path added = Scratch.write(Scratch.current().path("added"), "");
        String tool = Host.jdk("").orElseThrow() + "/bin/jar";
        Command.run(tool, "uf", jar.toString(), "-C", Scratch.current().path().toString(), added.getFileName() + "")
                .success();
        Confine confine = copy.confine().env("CONFINE_CACHE", "off");
        confine.run("--version").success();
        assertThat(Scratch.read(copy.lib.resolve("java.args"))).doesNotContain(".aot", ".jsa");
        assertThat(Scratch.names(copy.lib)).doesNotContain("renewing");
        assertThat(confine.run("doctor").out()).contains("several times", "find-java --renew");
    }

    @Test
    void setting_ofAnotherWord_isRefused() {
        Copy copy = Copy.of(As.ROOT, As.ROOT);
        copy.confine().env("CONFINE_CACHE", "never").run("backends").refusal("confine.cache", "never", "auto or off");
    }

    /** What an engine waits for, or would kill with its container, must not be started by it. */
    @AsEach
    void commandOfAnEngine_startsNothingThatStays(As as) {
        Copy copy = Copy.of(as, as);
        copy.withoutCaches();
        Path log = Scratch.current().directory("log", as).resolve("log");
        copy.confine()
                .run("--log", log.toString(), "--log-format=json", "list", "-q")
                .success();
        Bundle bundle = Bundle.of(as).args("true").write();
        bundle.run(copy.confine(), "--pid-file", log + ".pid").success();
        Eventually.pause(500);
        assertThat(Scratch.names(copy.lib)).doesNotContain("renewing", "java.args");
        assertThat(copy.isTraining()).isFalse();
    }

    /** Four at once, and one that makes caches; that is killed, and after an hour another one does. */
    @Test
    void distribution_thatIsReadOnly_leavesItsUserCachesOfItsOwn() throws IOException {
        As.USER.require();
        Copy copy = Copy.of(As.USER, As.ROOT);
        copy.withoutCaches();
        Scratch.current().directory("home", As.USER);
        List<Command.Running> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            commands.add(Bundle.of(As.USER).args("echo", "fine").start(copy.confine()));
        }
        for (Command.Running command : commands) {
            Result result = command.await().success();
            assertThat(result.out()).isEqualTo("fine\n");
            assertThat(result.err()).isEmpty();
        }
        Path pid = copy.own().resolve("renewing/pid");
        Eventually.holds("it trains", () -> Files.exists(copy.own().resolve("renewing/bundle")));
        Path bundle =
                Path.of(Scratch.read(copy.own().resolve("renewing/bundle")).strip());
        Command.run("sh", "-c", "kill -KILL -" + Scratch.read(pid).strip()).success();
        copy.works();
        Eventually.pause(300);
        assertThat(copy.isTraining()).isFalse();

        Command.run("touch", "-d", "2 hours ago", copy.own() + "/renewing").success();
        copy.works();
        awaitCaches(copy.own(), Host.jdk("25").isPresent() ? ".aot" : ".jsa");
        assertThat(bundle).doesNotExist();
        assertThat(Files.getPosixFilePermissions(copy.own())).hasSize(3);
        copy.works();
        assertThat(copy.doctor()).contains("uses " + copy.own());
        assertThat(caches(copy.lib)).isEmpty();
    }

    @Test
    void argumentsOfAUser_areReadFromItsDirectory_unlessOthersMayWriteThem() {
        As.USER.require();
        Copy copy = Copy.of(As.USER, As.ROOT);
        Command.run("mkdir", "-p", copy.own().toString()).success();
        Path arguments = Scratch.write(copy.own().resolve("java.args"), "/bin/echo\nmine\n");
        copy.works();
        Scratch.own(arguments, As.USER.uid());
        assertThat(copy.confine().run("state", "one").out()).isEqualTo("mine\n");
        Scratch.chmod(arguments, "rw-rw-r--");
        copy.works();
    }

    /** Whoever owns a directory above can replace what is in it between two looks. */
    @Test
    void cacheDirectory_thatOthersCanReplace_isLeftAlone() {
        As.USER.require();
        Copy copy = Copy.of(As.USER, As.ROOT);
        copy.withoutCaches();
        Path shared = Scratch.current().directory("shared", As.ROOT);
        Path taken = shared.resolve("confine");
        Command.run("mkdir", taken.toString()).success();
        Scratch.chmod(taken, "rwxrwxrwx");
        copy.confine().env("XDG_CACHE_HOME", shared.toString()).run("--version").success();
        Eventually.pause(500);
        assertThat(Command.run("find", taken.toString(), "-type", "f").output()).isEmpty();
        assertThat(copy.isTraining()).isFalse();
    }

    /** Root is not led by what is in a home that it was left with. */
    @Test
    void argumentsInAHome_areNotReadByRoot() {
        As.ROOT.require();
        Copy copy = Copy.of(As.ROOT, As.ROOT);
        Command.run("mkdir", "-p", copy.own().toString()).success();
        Scratch.write(copy.own().resolve("java.args"), "/bin/echo\nmine\n");
        copy.works();
    }
}
