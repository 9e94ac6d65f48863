package dev.confine.cli.verb;

import dev.confine.ConfineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command line of this JVM. Nobody else could tell which file it came from, as an ordinary user may have one of its own. */
public final class JavaCommand {
    private static final Path FILE = Path.of("/proc/self/cmdline");

    private JavaCommand() {}

    /** The program first, the class last. */
    public static List<String> own() {
        try {
            return List.of(Files.readString(FILE).split("\0"));
        } catch (IOException unreadable) {
            throw new ConfineException("read " + FILE + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
