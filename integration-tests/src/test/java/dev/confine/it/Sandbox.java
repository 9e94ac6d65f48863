package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * A machine within the machine ({@code sandbox.sh}) for the programs that call confine, so that they have /etc, /var, /run, network and cgroups to themselves
 * and change nothing of the host. It lives as long as a class of tests. At its end no process, cgroup or state of a container may be left.
 */
final class Sandbox implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long MILLIS_TO_END = 10_000;
    /** The cgroups that callers keep without containers. */
    private static final String KEPT = "init|libpod_parent|conmon|docker|default|buildkit";

    private final int number = NUMBER.incrementAndGet();
    private final String cgroup = "confine-sandbox-" + ProcessHandle.current().pid() + "-" + number;
    private final Path directory = Scratch.ofRun().resolve("sandbox-" + number);
    private final List<Command.Running> serving = new ArrayList<>();
    private Command.@Nullable Running machine;
    private long init;
    private boolean failed;

    /** The command under test. */
    static String confine() {
        return Scratch.distribution() + "/bin/confine";
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try (InputStream script = Objects.requireNonNull(Sandbox.class.getResourceAsStream("sandbox.sh"))) {
            Files.createDirectories(directory);
            Files.copy(script, script());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine = Command.of(List.of("sh", script().toString(), "make", cgroup, directory.toString()))
                .start();
        Command.Running starting = machine;
        Eventually.holds(
                "the sandbox starts, or ends",
                () -> isReady(starting) || !starting.process().isAlive());
        assertThat(isReady(starting)).as(() -> starting.await().err()).isTrue();
        init = machine.process().children().findFirst().orElseThrow().pid();
        Busybox.tree(directory.resolve("tree"));
        Command.run("tar", "-C", directory.resolve("tree").toString(), "-cf", image(), ".")
                .success();
    }

    private static boolean isReady(Command.Running machine) {
        return machine.outputSoFar().contains("ready");
    }

    private Path script() {
        return directory.resolve("sandbox.sh");
    }

    /** A tar archive of a root file system with busybox. */
    String image() {
        return directory.resolve("image.tar").toString();
    }

    /** A file of the sandbox, which is made with the directory it is in. */
    Sandbox write(String path, String text) {
        Path file = inside(path);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A directory of an ordinary user's own. */
    void own(String path) {
        run("mkdir", "-p", path).success();
        run("chown", As.USER.uid() + ":" + As.USER.uid(), path).success();
        run("chmod", "700", path).success();
    }

    private Path inside(String path) {
        return Path.of("/proc/" + init + "/root" + path);
    }

    /** Runs a command as root. */
    Result run(String... words) {
        return run(As.ROOT, words);
    }

    Result run(As as, String... words) {
        return command(as, words).run();
    }

    /** A command that reads this text. */
    Result runWith(String input, String... words) {
        return command(As.ROOT, words)
                .input(Scratch.write(directory.resolve("input"), input))
                .run();
    }

    /** Starts a program that serves; it is ended with the sandbox. */
    void serve(String... words) {
        serving.add(command(As.ROOT, words).start());
    }

    private Command command(As as, String... words) {
        return Command.of(words(as, words));
    }

    /** What starts a command inside. */
    List<String> words(As as, String... words) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init)));
        all.addAll(List.of("--mount", "--net", "--pid", "--uts", "--ipc", "--cgroup", "--wd=/", "--"));
        all.addAll(List.of("sh", script().toString(), "enter"));
        all.addAll(as.prefix());
        all.add("env");
        environment(as).forEach((name, value) -> all.add(name + "=" + value));
        all.addAll(List.of(words));
        return all;
    }

    private static Map<String, String> environment(As as) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOME", as == As.ROOT ? "/var/home" : home());
        environment.put("TMPDIR", "/var/tmp");
        if (as == As.USER) {
            environment.put("XDG_RUNTIME_DIR", "/run/user/" + as.uid());
        }
        return environment;
    }

    /** The home of the ordinary user. */
    static String home() {
        return "/var/home/" + As.USER.userName();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        failed = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> left = new ArrayList<>();
        try {
            if (init != 0) {
                serving.forEach(program -> program.process().children().forEach(ProcessHandle::destroy));
                Eventually.within(MILLIS_TO_END, () -> processes().isEmpty());
                left.addAll(processes());
                left.addAll(lines("find", "/run", "-name", "state.json"));
                left.addAll(cgroups());
            }
        } finally {
            if (machine != null) {
                machine.process().destroyForcibly();
            }
            Cgroup.mounts().forEach(mount -> removeSoon(mount.resolve(cgroup)));
            Command.run("rm", "-rf", directory.toString());
        }
        if (!failed && context.getExecutionException().isEmpty()) {
            assertThat(left).as("left behind").isEmpty();
        }
    }

    /** A cgroup is busy until the last process is gone. */
    private static void removeSoon(Path cgroup) {
        Eventually.within(MILLIS_TO_END, () -> {
            if (Files.exists(cgroup)) {
                Cgroup.remove(cgroup);
            }
            return !Files.exists(cgroup);
        });
    }

    /** All but its first process, what that waits with, what holds podman's namespaces for an ordinary user, and what lists them. */
    private List<String> processes() {
        List<String> processes = new ArrayList<>();
        for (Command.Running program : serving) {
            if (program.process().isAlive()) {
                processes.add(program.what());
            }
        }
        lines("ps", "-eo", "ppid=,stat=,args=").stream()
                .map(String::strip)
                .filter(line -> !line.matches("0 .*|1 +\\S+ +(sleep 1000000|catatonit -P)"))
                .filter(line -> !line.contains(" Z"))
                .forEach(processes::add);
        return processes;
    }

    private List<String> cgroups() {
        return Cgroup.mounts().stream()
                .flatMap(mount -> lines("find", mount.toString(), "-mindepth", "1", "-type", "d").stream())
                .filter(path -> !path.matches(".*/(" + KEPT + ")"))
                .map(path -> "cgroup " + path)
                .toList();
    }

    private List<String> lines(String... words) {
        return run(words).out().lines().filter(line -> !line.isBlank()).toList();
    }
}
