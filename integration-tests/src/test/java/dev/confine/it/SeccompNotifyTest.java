package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SCMP_ACT_NOTIFY: a listener outside decides, {@code config-linux.md#containerprocessstate}. */
@Containers
@Requires("python")
final class SeccompNotifyTest {
    private Command.@Nullable Running listener;

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.process().destroyForcibly();
        }
    }

    /** Refuses mkdir. */
    private Path listen() {
        Path path = Scratch.current().path("listener.sock");
        Path script = Scratch.write(Scratch.current().path("listener.py"), script());
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        listener = Command.of(
                        arm
                                ? List.of("python3", script.toString(), path.toString(), "34")
                                : List.of("python3", script.toString(), path.toString(), "83", "258"))
                .start()
                .until("listening");
        return path;
    }

    private static String script() {
        try (InputStream in = SeccompNotifyTest.class.getResourceAsStream("seccomp-listener.py")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bundle asking(As as, Path listener, String names) {
        return Bundle.of(as)
                .set(
                        "/linux/seccomp",
                        "{defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '" + listener
                                + "', listenerMetadata: 'for \"you\"'," + " syscalls: [{names: [" + names
                                + "], action: 'SCMP_ACT_NOTIFY'}]}")
                .set("/annotations", "{'org.example': 'ä'}")
                .script("mkdir /tmp/made; echo $?; exit 0");
    }

    /** What the listener was told, which came with the one file descriptor. */
    private JsonNode told(int index) {
        Command.Running running = Objects.requireNonNull(listener);
        Eventually.holds(
                "the listener is told", () -> running.outputSoFar().lines().count() > index + 1);
        String line = running.outputSoFar().lines().skip(index + 1).findFirst().orElseThrow();
        assertThat(line).endsWith(" with 1");
        return Config.parse(line.substring(0, line.length() - " with 1".length()));
    }

    @ParameterizedTest
    @CsvSource({"ROOT, true", "ROOT, false", "USER, true", "USER, false"})
    void run_listenerDecides(As as, String noNewPrivileges) {
        Bundle bundle = asking(as, listen(), "'mkdir', 'mkdirat'").set("/process/noNewPrivileges", noNewPrivileges);
        Result result = bundle.run().success();
        assertThat(result.err()).contains("Protocol error");
        assertThat(result.out()).isEqualTo("1\n");
        JsonNode told = told(0);
        assertThat(told.path("fds")).hasToString("[\"seccompFd\"]");
        assertThat(told.path("metadata").asText()).isEqualTo("for \"you\"");
        assertThat(told.path("ociVersion").asText())
                .isEqualTo(bundle.at("/ociVersion").asText());
        assertThat(told.path("pid").asLong())
                .isPositive()
                .isEqualTo(told.at("/state/pid").asLong());
        assertThat(told.at("/state/id").asText()).isEqualTo(bundle.id());
        assertThat(told.at("/state/bundle").asText())
                .isEqualTo(bundle.directory().toString());
        assertThat(told.at("/state/status").asText()).isEqualTo("created");
        assertThat(told.at("/state/annotations/org.example").asText()).isEqualTo("ä");
    }

    @AsEach
    void listener_isToldAlsoWhereNothingIsAskedAbout(As as) {
        Bundle bundle = asking(as, listen(), "'mkdir'").set("/linux/seccomp/syscalls", "[]");
        assertThat(bundle.output()).isEqualTo("0");
        assertThat(told(0).path("metadata").asText()).isEqualTo("for \"you\"");
    }

    /** Whatever is asked about, what hands the filter over does not wait for its listener. */
    @AsEach
    void everyCallOfOurs_mayBeAskedAbout(As as) {
        Bundle bundle = asking(
                as,
                listen(),
                "'execve', 'wait4', 'write', 'sendmsg', 'sendto', 'close', 'exit_group', 'mkdir', 'mkdirat'");
        assertThat(bundle.run().success().err()).contains("Protocol error");
    }

    @AsEach
    void messenger_isGoneWhenTheProgramRuns(As as) {
        Bundle bundle = asking(as, listen(), "'mkdir'").script("echo /proc/[0-9]*; ls /proc/self/fd | wc -l");
        assertThat(bundle.output()).isEqualTo("/proc/1\n4");
    }

    @AsEach
    void start_passesTheListenerOn(As as) {
        Bundle bundle = asking(as, listen(), "'mkdir', 'mkdirat'").script("mkdir /tmp/made 2>/tmp/said; sleep 100");
        bundle.create().success();
        long pid = bundle.pid();
        bundle.confine("start", bundle.id()).success();
        assertThat(told(0).path("pid").asLong()).isEqualTo(pid);
        Path said = bundle.rootfs().resolve("tmp/said");
        Eventually.holds(
                "mkdir is refused",
                () -> said.toFile().exists() && Scratch.read(said).contains("Protocol error"));
        bundle.deleteByForce().success();
        assertThat(Scratch.names(bundle.stateDirectory())).doesNotContain(bundle.id());
    }

    @AsEach
    void exec_hasAListenerOfItsOwn(As as) {
        Bundle bundle = asking(as, listen(), "'mkdir', 'mkdirat'").args("sleep", "100");
        bundle.run("--detach").success();
        assertThat(bundle.confine("exec", bundle.id(), "mkdir", "/tmp/made").err())
                .contains("Protocol error");
        assertThat(told(1).at("/state/status").asText()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void nobodyListens_isRefusedAndNothingIsLeft(As as) {
        Bundle bundle = asking(as, Path.of("/nowhere/listener"), "'mkdir'");
        bundle.run().refusal("/nowhere/listener", "ENOENT", "start the listener", "/linux/seccomp/listenerPath");
        assertThat(Scratch.names(bundle.stateDirectory())).doesNotContain(bundle.id());
        bundle.create().success();
        bundle.confine("start", bundle.id()).refusal("/nowhere/listener", "ENOENT");
        assertThat(bundle.status()).isEqualTo("created");
        bundle.deleteByForce().success();
    }

    @AsEach
    void filterThatForbidsTheWait_isRefused(As as) {
        Bundle bundle = asking(as, listen(), "'mkdir'");
        bundle.add("/linux/seccomp/syscalls", "{names: ['wait4'], action: 'SCMP_ACT_ERRNO'}");
        bundle.run().refusal("wait4", "/linux/seccomp");
    }
}
