package dev.confine.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a process (a container's, a front, a JVM, one that holds a user namespace open), a mount, a cgroup or a state directory behind, and removes it
 * so that the next one starts clean.
 */
final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final long MILLIS_TO_END = 5_000;

    @Override
    public void beforeEach(ExtensionContext context) {
        Scratch.begin();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Scratch scratch = Scratch.current();
        try {
            Eventually.within(MILLIS_TO_END, () -> Processes.of(scratch).isEmpty());
            List<String> left = new ArrayList<>();
            for (Processes.Seen process : Processes.of(scratch)) {
                left.add("process " + process);
                process.end();
            }
            left.addAll(mounts(scratch));
            left.addAll(states(scratch));
            for (Path cgroup : Cgroup.left(scratch)) {
                left.add("cgroup " + cgroup);
                Cgroup.remove(cgroup);
            }
            if (!left.isEmpty() && context.getExecutionException().isEmpty()) {
                throw new AssertionError("left behind: " + String.join(", ", left));
            }
        } finally {
            scratch.end();
        }
    }

    private static List<String> mounts(Scratch scratch) throws IOException {
        List<String> left = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String target = line.split(" ")[4];
            if (target.startsWith(scratch.path() + "/")) {
                left.add("mount " + target);
                Command.run("umount", "--lazy", target);
            }
        }
        return left;
    }

    private static List<String> states(Scratch scratch) {
        List<String> left = new ArrayList<>();
        for (String directory : Scratch.names(scratch.path())) {
            if (directory.startsWith("state-")) {
                for (String name : Scratch.names(scratch.path(directory))) {
                    left.add("state " + directory + "/" + name);
                }
            }
        }
        return left;
    }
}
