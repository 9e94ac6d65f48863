package dev.confine.runtime.access;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that is asked about, as /proc shows it: proc_pid_status(5).
 *
 * @param pid in the pid namespace of this process
 * @param credentials what the kernel compares, in ids of this process's user namespace
 * @param bounding the capabilities that a program of it may ever have
 */
public record Subject(long pid, Credentials credentials, long bounding) {
    /** @throws ConfineException when there is no such process, or its namespaces may not be looked at */
    public static Subject of(long pid) {
        String proc = "/proc/" + pid;
        try {
            String status = Files.readString(Path.of(proc + "/status"), StandardCharsets.ISO_8859_1);
            boolean same = Files.readSymbolicLink(Path.of(proc + "/ns/user"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
            IdMaps maps = same ? null : new MapFiles().of(pid);
            return new Subject(pid, credentials(status, maps), mask(status, "CapBnd"));
        } catch (IOException e) {
            throw new ConfineException(
                    Files.exists(Path.of(proc))
                            ? "process " + pid + " may not be looked at by you: it is another user's; ask as root"
                            : "process " + pid + ": ESRCH: no such process",
                    e);
        }
    }

    static Credentials credentials(String status, @Nullable IdMaps maps) {
        List<Long> groups = new ArrayList<>();
        for (String group : field(status, "Groups").strip().split("\\s+")) {
            if (!group.isEmpty()) {
                groups.add(Long.parseLong(group));
            }
        }
        return new Credentials(fourth(status, "Uid"), fourth(status, "Gid"), groups, mask(status, "CapEff"), maps);
    }

    /** Of real, effective, saved and that of the file system the last one. */
    private static long fourth(String status, String name) {
        return Long.parseLong(field(status, name).strip().split("\\s+")[3]);
    }

    private static long mask(String status, String name) {
        return Long.parseUnsignedLong(field(status, name).strip(), 16);
    }

    private static String field(String status, String name) {
        int at = status.startsWith(name + ":") ? 0 : status.indexOf("\n" + name + ":") + 1;
        int from = at + name.length() + 1;
        int end = status.indexOf('\n', from);
        return status.substring(from, end < 0 ? status.length() : end);
    }
}
