package dev.confine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one test, below one of the whole run that also holds a copy of the distribution, because the place it was built in may be closed to an
 * ordinary user. Everybody may enter it.
 */
final class Scratch {
    private static final ThreadLocal<@Nullable Scratch> CURRENT = new ThreadLocal<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Made once a run. */
    private static final class Run {
        static final Path DIRECTORY = make();
        static final Path DISTRIBUTION = copy();

        private static Path make() {
            Path directory =
                    Path.of("/tmp/confine-it-" + ProcessHandle.current().pid());
            open(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Command.run("rm", "-rf", directory.toString())));
            return directory;
        }

        private static Path copy() {
            String built = System.getProperty("confine.distribution", "");
            Path copy = DIRECTORY.resolve("confine");
            Command.run("cp", "-a", built, copy.toString()).success();
            Command.run("chmod", "-R", "go+rX,go-w", copy.toString()).success();
            if (Host.isRoot()) {
                Command.run("chown", "-R", "0:0", copy.toString()).success();
            }
            return copy;
        }
    }

    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    static Scratch begin() {
        Scratch scratch = new Scratch(Run.DIRECTORY.resolve("test-" + NUMBER.incrementAndGet()));
        open(scratch.directory);
        CURRENT.set(scratch);
        return scratch;
    }

    static Scratch current() {
        Scratch scratch = CURRENT.get();
        if (scratch == null) {
            throw new IllegalStateException("@Containers is missing on the test class");
        }
        return scratch;
    }

    /** The distribution under test. */
    static Path distribution() {
        return Run.DISTRIBUTION;
    }

    /** What the paths of everything that a test of this run makes begin with. */
    static Path ofRun() {
        return Run.DIRECTORY;
    }

    /** A directory of root's alone, with all above it: what root takes configuration and jars from. It goes with the run. */
    static Path trusted() {
        return Trusted.DIRECTORY;
    }

    /** Made when it is needed. */
    private static final class Trusted {
        static final Path DIRECTORY = make();

        private static Path make() {
            Path directory =
                    Path.of("/run/confine-it-" + ProcessHandle.current().pid());
            open(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Command.run("rm", "-rf", directory.toString())));
            return directory;
        }
    }

    Path path() {
        return directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** A new directory that belongs to {@code owner} and is open to all. */
    Path directory(String name, As owner) {
        Path made = directory.resolve(name);
        open(made);
        own(made, owner.uid());
        return made;
    }

    /** The same, under another name where there is one of that name. */
    Path unused(String name, As owner) {
        int number = 1;
        String free = name;
        while (Files.exists(path(free))) {
            number++;
            free = name + number;
        }
        return directory(free, owner);
    }

    /** A state directory, private to {@code owner}; the leak check looks into all of them. */
    Path state(As owner) {
        Path made = directory("state-" + owner.name().toLowerCase(Locale.ROOT), owner);
        chmod(made, "rwx------");
        return made;
    }

    static void own(Path path, long uid) {
        try {
            if (Host.isRoot()) {
                Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", (int) uid, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void chmod(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String content) {
        try {
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in a directory, sorted; none when it is not there. */
    static List<String> names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? List.of() : Arrays.stream(names).sorted().toList();
    }

    private static void open(Path directory) {
        try {
            Files.createDirectories(directory);
            chmod(directory, "rwxr-xr-x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes it. */
    void end() {
        CURRENT.remove();
        Command.run("rm", "-rf", directory.toString());
    }
}
