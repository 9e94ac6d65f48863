package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The host's cgroups as a test sees them. What a test names itself lies below a cgroup of the run's own. */
final class Cgroup {
    private static final String PARENT = "confine-it-" + ProcessHandle.current().pid();

    private Cgroup() {}

    /** A {@code cgroupsPath} for a test. */
    static String path(String name) {
        return "/" + PARENT + "/" + name;
    }

    /** Where the hierarchies are mounted. */
    static List<Path> mounts() {
        List<Path> mounts = new ArrayList<>();
        for (String line : Scratch.read(Path.of("/proc/self/mountinfo")).split("\n")) {
            if (line.contains(" - cgroup")) {
                mounts.add(Path.of(line.split(" ")[4]));
            }
        }
        return mounts;
    }

    /** Where a controller of v1 is mounted, or v2 that has it. */
    static Path mount(String controller) {
        for (String line : Scratch.read(Path.of("/proc/self/mountinfo")).split("\n")) {
            Path mount = Path.of(line.contains(" ") ? line.split(" ")[4] : "/");
            if (line.contains(" - cgroup ") && List.of(line.split("[ ,]")).contains(controller)) {
                return mount;
            }
            if (line.contains(" - cgroup2 ")
                    && List.of(Scratch.read(mount.resolve("cgroup.controllers")).split("\\s"))
                            .contains(controller)) {
                return mount;
            }
        }
        Host.require("cgroup-" + controller);
        throw new IllegalStateException(controller);
    }

    /** The text of a file of the cgroup at {@code path}, by the names it has in v1 and v2. */
    static String read(String controller, String path, String v1, String v2) {
        Path directory = Path.of(mount(controller) + path);
        Path file = directory.resolve(v1);
        return Scratch.read(Files.exists(file) ? file : directory.resolve(v2)).strip();
    }

    /** The cgroups at {@code path}, in any hierarchy. */
    static List<Path> at(String path) {
        return mounts().stream()
                .map(mount -> Path.of(mount + path))
                .filter(Files::exists)
                .toList();
    }

    /** A container of root whose cgroups have this name. */
    static Bundle bundle(String name) {
        return Bundle.of(As.ROOT).set("/linux/cgroupsPath", "'" + path(name) + "'");
    }

    static void assertGone(String path) {
        assertThat(at(path)).isEmpty();
    }

    /** With those above. */
    static Path make(Path cgroup) {
        try {
            return Files.createDirectories(cgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a test has left. */
    static List<Path> left(Scratch scratch) {
        List<Path> left = new ArrayList<>();
        for (Path mount : mounts()) {
            for (String name : Scratch.names(mount)) {
                if (name.equals(PARENT) || isDefault(name, scratch)) {
                    left.add(mount.resolve(name));
                }
            }
        }
        return left;
    }

    /** Whether it is what a container has that asks for no path; its name says which state directory the container is in. */
    private static boolean isDefault(String name, Scratch scratch) {
        for (String directory : Scratch.names(scratch.path())) {
            String state = scratch.path(directory).toString();
            if (directory.startsWith("state-")
                    && name.startsWith("confine-" + Integer.toHexString(state.hashCode()) + "-")) {
                return true;
            }
        }
        return false;
    }

    /** With those below. */
    static void remove(Path cgroup) {
        try (Stream<Path> all = Files.walk(cgroup)) {
            all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .forEach(directory -> directory.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
