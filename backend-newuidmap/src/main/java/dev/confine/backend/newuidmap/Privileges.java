package dev.confine.backend.newuidmap;

import dev.confine.idmap.HostTexts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What decides whether a program that is started gains privileges, looked up where the kernel shows it. */
final class Privileges {
    private static final int SETUID_BIT = 04000;

    private Privileges() {}

    /** Whether no_new_privs is set for this process, and so for its children. */
    static boolean noNew(HostTexts host) {
        String status = host.file("/proc/self/status");
        return status != null && status.contains("\nNoNewPrivs:\t1");
    }

    /** Whether {@code program} belongs to root and has the setuid bit; true when that cannot be seen. */
    static boolean isSetuidRoot(String program) {
        try {
            Path path = Path.of(program);
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            int owner = (Integer) Files.getAttribute(path, "unix:uid");
            return (mode & SETUID_BIT) != 0 && owner == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** The mount point of {@code program} when it is mounted {@code nosuid}, else null. */
    static @Nullable String nosuidMount(HostTexts host, String program) {
        String mounts = host.file("/proc/self/mountinfo");
        if (mounts == null) {
            return null;
        }
        String path = canonical(program);
        String point = "";
        boolean nosuid = false;
        for (String line : mounts.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 5 && fields[4].length() >= point.length() && isAbove(fields[4], path)) {
                point = fields[4];
                nosuid = ("," + fields[5] + ",").contains(",nosuid,");
            }
        }
        return nosuid ? point : null;
    }

    private static boolean isAbove(String point, String path) {
        return point.equals("/") || path.startsWith(point + "/") || path.equals(point);
    }

    private static String canonical(String program) {
        try {
            return new File(program).getCanonicalPath();
        } catch (IOException e) {
            return program;
        }
    }
}
