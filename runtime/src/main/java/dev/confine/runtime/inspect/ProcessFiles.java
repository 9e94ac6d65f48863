package dev.confine.runtime.inspect;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Small files as a process sees them, beneath {@code /proc/PID/root}. The process may have put anything there: the way is resolved within its root (openat2(2)
 * RESOLVE_IN_ROOT, Linux ≥ 5.6), only a regular file is opened, and no more than a megabyte is read.
 */
public final class ProcessFiles {
    private static final int LARGEST = 1 << 20;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFREG = 0x8000;

    private final Proc proc;

    public ProcessFiles(Proc proc) {
        this.proc = proc;
    }

    /** The names of users inside; none where the process has ended, may not be looked at, or has no such file. */
    public AccountNames users(long pid) {
        return names(pid, "/etc/passwd");
    }

    /** The names of groups inside. */
    public AccountNames groups(long pid) {
        return names(pid, "/etc/group");
    }

    private AccountNames names(long pid, String path) {
        return names(proc.path(pid, "root"), path);
    }

    /** The names in a file beneath a directory that is a root, as that of a bundle. */
    public static AccountNames names(String rootDirectory, String path) {
        String text = text(rootDirectory, path);
        return text == null ? AccountNames.NONE : AccountNames.parse(text);
    }

    /** The content of a file, or null when it cannot be had. */
    public @Nullable String text(long pid, String path) {
        return text(proc.path(pid, "root"), path);
    }

    private static @Nullable String text(String rootDirectory, String path) {
        long root = RawCalls.open(RawCalls.AT_FDCWD, rootDirectory, RawCalls.O_PATH, 0);
        if (root < 0) {
            return null;
        }
        long file =
                RawCalls.open(root, path, RawCalls.O_PATH, RawCalls.RESOLVE_IN_ROOT | RawCalls.RESOLVE_NO_MAGICLINKS);
        RawCalls.close(root);
        if (file < 0) {
            return null;
        }
        try {
            return regular("/proc/self/fd/" + file);
        } catch (IOException e) {
            return null;
        } finally {
            RawCalls.close(file);
        }
    }

    private static @Nullable String regular(String descriptor) throws IOException {
        int mode = (Integer) Files.getAttribute(Path.of(descriptor), "unix:mode");
        if ((mode & S_IFMT) != S_IFREG) {
            return null;
        }
        try (FileInputStream in = new FileInputStream(descriptor)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }
}
