package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether what a file says may be obeyed. Root obeys only files that root owns and nobody else can write or replace, so every directory above counts
 * too; an ordinary user obeys what it can read, since whoever wrote it can do no more than that user. Root of a user namespace sees the host's root, who has no id
 * there, as the owner that stands for all without one.
 */
public final class Trust {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int PERMISSIONS = 07777;
    private static final int STICKY = 01000;
    /** The default of /proc/sys/kernel/overflowuid, which hardly anyone changes. */
    private static final int NO_ID = 65_534;

    private final boolean demanding;
    private final int hostRoot;

    private Trust(boolean demanding, int hostRoot) {
        this.demanding = demanding;
        this.hostRoot = hostRoot;
    }

    public static Trust of(Caller caller) {
        return new Trust(caller.isRoot(), caller.isRoot() && !new MapFiles().ownHasEveryUser() ? NO_ID : 0);
    }

    /**
     * Checks a file or directory and all directories above, as it is named and as it resolves.
     *
     * @throws ConfineException naming what is not root's alone, its owner and mode, and the cure
     */
    public void check(File file) {
        if (!demanding) {
            return;
        }
        Path named = file.toPath().toAbsolutePath().normalize();
        try {
            Path real = named.toRealPath();
            for (Path path = real; path != null; path = path.getParent()) {
                check(path, named);
            }
            for (Path path = named.getParent(); path != null; path = path.getParent()) {
                check(path, named);
            }
        } catch (IOException unreadable) {
            throw new ConfineException("check who owns " + named + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private void check(Path path, Path wanted) throws IOException {
        int uid = (Integer) Files.getAttribute(path, "unix:uid");
        int mode = (Integer) Files.getAttribute(path, "unix:mode") & PERMISSIONS;
        if ((uid != 0 && uid != hostRoot) || (mode & WRITABLE_BY_OTHERS) != 0) {
            throw new ConfineException(
                    wanted + " is not read as root: " + path + " belongs to uid " + uid + " and has mode 0"
                            + Integer.toOctalString(mode)
                            + ", so others than root decide what it holds; " + cure(path, mode));
        }
    }

    /** A directory that everybody shares on purpose stays as it is. */
    private static String cure(Path path, int mode) {
        return (mode & STICKY) != 0
                ? "move it to a directory of root's alone"
                : "run: chown root " + path + " && chmod go-w " + path;
    }
}
