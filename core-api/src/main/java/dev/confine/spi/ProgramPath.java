package dev.confine.spi;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where programs of the host are looked for that confine itself runs: the system's directories, then, for anyone but root, what is absolute of the
 * caller's own PATH. Starts nothing.
 *
 * @param directories absolute, the first one first
 */
public record ProgramPath(List<String> directories) {
    private static final List<String> SYSTEM = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    /** The directories for this caller. */
    public static ProgramPath of(Caller caller) {
        List<String> directories = new ArrayList<>(SYSTEM);
        String path = caller.environment().get("PATH");
        if (!caller.isRoot() && path != null) {
            int from = 0;
            while (from <= path.length()) {
                int end = path.indexOf(':', from);
                end = end < 0 ? path.length() : end;
                String directory = path.substring(from, end);
                if (directory.startsWith("/")) {
                    directories.add(directory);
                }
                from = end + 1;
            }
        }
        return new ProgramPath(directories);
    }

    /** The absolute path of a program, or null when it is in none of the directories. */
    public @Nullable String find(String name) {
        for (String directory : directories) {
            File file = new File(directory, name);
            if (file.isFile() && file.canExecute()) {
                return file.getPath();
            }
        }
        return null;
    }
}
