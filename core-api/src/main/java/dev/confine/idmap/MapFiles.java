package dev.confine.idmap;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files of /proc that hold the maps of user namespaces, user_namespaces(7). It writes what it is told; who may write what is the kernel's and the
 * backends' business.
 */
public final class MapFiles {
    private static final String[][] ERRNOS = {
        {"Operation not permitted", "EPERM"},
        {"Invalid argument", "EINVAL"},
        {"Permission denied", "EACCES"},
        {"No such file or directory", "ENOENT"},
        {"No such process", "ESRCH"},
        {"Read-only file system", "EROFS"},
    };

    private final String proc;

    /** Those of /proc. */
    public MapFiles() {
        this("/proc");
    }

    /** Those of a directory that looks like /proc. */
    public MapFiles(String proc) {
        this.proc = proc;
    }

    /** The maps of the user namespace this process runs in: the ids inside are all there are to give to a child namespace. */
    public IdMaps own() {
        return read("self");
    }

    /**
     * The maps of the user namespace of a process; the ids outside are those of the user namespace this process runs in.
     *
     * @throws MapWriteException when the process has ended
     * @throws IdMapException when no map has been written yet
     */
    public IdMaps of(long pid) {
        return read(Long.toString(pid));
    }

    /** Whether every user id has itself as id outside: so it is in the first user namespace, and hardly in another. */
    public boolean ownHasEveryUser() {
        return readMap("self", "uid_map").extents().equals(List.of(new Extent(0, 0, Extent.LAST_ID + 1)));
    }

    /** Writes the uid map of the user namespace of {@code pid} in one write(2). */
    public void writeUids(long pid, IdMap map) {
        write(pid, "uid_map", map);
    }

    /** Writes the gid map of the user namespace of {@code pid} in one write(2). */
    public void writeGids(long pid, IdMap map) {
        write(pid, "gid_map", map);
    }

    /** Takes setgroups(2) away from the user namespace of {@code pid}, which has no gid map yet: what the kernel asks of an unprivileged writer. */
    public void denySetgroups(long pid) {
        String file = path(pid, "setgroups");
        try {
            put(file, "deny");
        } catch (IOException e) {
            throw failure(file, e, "");
        }
    }

    private void write(long pid, String name, IdMap map) {
        String file = path(pid, name);
        String text = map.lines();
        try {
            put(file, text);
        } catch (IOException e) {
            throw failure(file, e, refusal(file, map));
        }
    }

    /** FileOutputStream makes one write(2) of up to 8 KiB, and a map is below a page. */
    private static void put(String file, String text) throws IOException {
        try (OutputStream out = new FileOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private IdMaps read(String process) {
        return new IdMaps(readMap(process, "uid_map"), readMap(process, "gid_map"));
    }

    private IdMap readMap(String process, String name) {
        String file = proc + "/" + process + "/" + name;
        try {
            String text = text(file);
            if (text.isEmpty()) {
                throw new IdMapException(file + " is empty: the user namespace has no map yet", List.of());
            }
            return IdMap.parse(text);
        } catch (IOException e) {
            throw failure(file, e, "");
        }
    }

    private static String text(String file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** What EPERM and EINVAL of a write mean, found by looking. */
    private static String refusal(String file, IdMap map) {
        try {
            String there = text(file);
            if (!there.isEmpty()) {
                return "a map is written only once, and this one is "
                        + IdMap.parse(there).shown();
            }
        } catch (IOException | IdMapException e) {
            return "";
        }
        String shown = "the kernel refuses " + map.shown();
        return map.toInside(0).isPresent()
                ? shown
                        + ": to map id 0 of the parent takes CAP_SETFCAP there, to map other ids CAP_SETUID and CAP_SETGID"
                : shown
                        + ": its ids outside must be mapped in the parent and the writer needs CAP_SETUID and CAP_SETGID there";
    }

    private static MapWriteException failure(String file, IOException cause, String refusal) {
        String errno = errno(cause);
        return switch (errno) {
            case "ENOENT", "ESRCH" -> new MapWriteException(file, errno, "no such process: it has ended", cause);
            case "EACCES" ->
                new MapWriteException(
                        file,
                        errno,
                        "permission denied: the process belongs to another user or is not dumpable",
                        cause);
            case "EPERM" ->
                new MapWriteException(
                        file,
                        errno,
                        refusal.isEmpty() ? "operation not permitted" : "operation not permitted: " + refusal,
                        cause);
            default -> new MapWriteException(file, errno, refusal, cause);
        };
    }

    private static String errno(IOException e) {
        String message = String.valueOf(e.getMessage());
        for (String[] errno : ERRNOS) {
            if (message.contains(errno[0])) {
                return errno[1];
            }
        }
        return message;
    }

    private String path(long pid, String name) {
        return proc + "/" + pid + "/" + name;
    }
}
