package dev.confine.runtime.store;

import dev.confine.ConfineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** A directory in a place where anybody may make one: used only when it is the caller's alone, and no link to another. */
final class PrivateDirectory {
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int FOR_OTHERS = 0077;

    private PrivateDirectory() {}

    /**
     * Makes it where it is missing.
     *
     * @throws ConfineException when what is there is somebody else's, is open to others, or is no directory
     */
    static String of(File directory, long uid) {
        make(directory);
        String wrong = wrong(directory, uid);
        if (!wrong.isEmpty()) {
            throw new ConfineException("no state directory: XDG_RUNTIME_DIR is not set, and " + directory + " " + wrong
                    + "; remove that, or give one with --root, for example --root $HOME/.local/share/confine");
        }
        return directory.getPath();
    }

    /** With its mode from the first moment on; what cannot be made is found to be wrong afterwards. */
    private static void make(File directory) {
        try {
            Files.createDirectory(
                    directory.toPath(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            return; // it is there, or nothing is
        }
    }

    private static String wrong(File directory, long uid) {
        try {
            Map<String, Object> found =
                    Files.readAttributes(directory.toPath(), "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            int mode = number(found, "mode");
            long owner = Integer.toUnsignedLong(number(found, "uid"));
            if ((mode & TYPE) != DIRECTORY) {
                return "is no directory";
            }
            if (owner != uid) {
                return "belongs to uid " + owner;
            }
            return (mode & FOR_OTHERS) == 0
                    ? ""
                    : "is open to others (mode " + Integer.toOctalString(mode & 07777) + ")";
        } catch (IOException e) {
            return "cannot be made";
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }
}
