package dev.confine.library;

import dev.confine.ConfineException;
import dev.confine.launch.SocketConversation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The launcher as a file, in a directory of mode 0700 that is made for it and holds the sockets too. */
final class LauncherFile implements AutoCloseable {
    private final Path directory;
    private final Path path;

    private LauncherFile(Path directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    /**
     * The one that comes in the jar, for this machine.
     *
     * @throws ConfineException when there is none, or no file can be made and executed
     */
    static LauncherFile extract() {
        try {
            Path directory = makeDirectory();
            Path path = directory.resolve("confine");
            try (InputStream content = resource()) {
                Files.copy(content, path);
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            path.toFile().deleteOnExit();
            return new LauncherFile(directory, path);
        } catch (IOException unwritable) {
            throw new ConfineException(
                    "write the launcher: " + unwritable.getMessage() + " (-Djava.io.tmpdir names another place)",
                    unwritable);
        }
    }

    /** One that is there. */
    static LauncherFile of(Path launcher) {
        try {
            return new LauncherFile(makeDirectory(), launcher.toAbsolutePath());
        } catch (IOException unwritable) {
            throw new ConfineException(
                    "make a directory: " + unwritable.getMessage() + " (-Djava.io.tmpdir names another place)",
                    unwritable);
        }
    }

    /** Java makes it with mode 0700. */
    private static Path makeDirectory() throws IOException {
        Path directory = Files.createTempDirectory("confine-");
        directory.toFile().deleteOnExit();
        return directory;
    }

    private static InputStream resource() {
        String machine = System.getProperty("os.arch");
        String architecture = machine.equals("amd64") ? "x86_64" : machine;
        InputStream found = SocketConversation.class.getResourceAsStream(architecture + "/confine");
        if (found == null) {
            throw new ConfineException("there is no launcher for a machine of type " + machine + " in this jar");
        }
        return found;
    }

    Path directory() {
        return directory;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException stays) {
            throw new ConfineException("remove " + directory + ": " + stays.getMessage(), stays);
        }
    }
}
