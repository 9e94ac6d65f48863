package dev.confine.runtime.lifecycle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.confine.ConfineException;
import dev.confine.runtime.store.StateStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the stdio of a saved container was, in a file beside its images, named and written as runc's: a pipe leads to nobody when it is restored, so it becomes what the
 * caller has in its place. A file on a mount of the host's, which criu takes when it is named {@code file[MOUNT:INODE]}, stands there with that name before its path, and is
 * opened again.
 */
record Descriptors(List<String> names) {
    private static final String FILE = "descriptors.json";
    private static final String HOSTS = "file[";
    private static final String END = "]:";
    private static final String REMOVED = " (deleted)";
    private static final int STDIO = 3;
    private static final JsonFactory JSON = new JsonFactory();

    Descriptors {
        names = List.copyOf(names);
    }

    /** Those that a process has. */
    static Descriptors of(long pid) {
        List<String> names = new ArrayList<>();
        Path process = Path.of("/proc/" + pid);
        Set<String> mounts = mounts(process);
        for (int fd = 0; fd < STDIO; fd++) {
            names.add(name(process, fd, mounts));
        }
        return new Descriptors(names);
    }

    private static String name(Path process, int fd, Set<String> mounts) {
        Path link = process.resolve("fd/" + fd);
        try {
            String name = Files.readSymbolicLink(link).toString();
            String mount = name.startsWith("/") ? mount(process.resolve("fdinfo/" + fd)) : "";
            if (mount.isEmpty() || mounts.contains(mount)) {
                return name;
            }
            long inode = ((Number) Files.getAttribute(link, "unix:ino")).longValue();
            return HOSTS + Long.toHexString(Long.parseLong(mount)) + ":" + Long.toHexString(inode) + END + name;
        } catch (IOException closed) {
            return "";
        }
    }

    /** The number of the mount that a file is on, {@code mnt_id} of proc_pid_fdinfo(5). */
    private static String mount(Path fdinfo) throws IOException {
        for (String line : Files.readAllLines(fdinfo)) {
            if (line.startsWith("mnt_id:")) {
                return line.substring("mnt_id:".length()).strip();
            }
        }
        return "";
    }

    private static Set<String> mounts(Path process) {
        Set<String> mounts = new HashSet<>();
        try {
            for (String line : Files.readAllLines(process.resolve("mountinfo"))) {
                mounts.add(line.substring(0, line.indexOf(' ')));
            }
            return mounts;
        } catch (IOException e) {
            throw new ConfineException("look at the mounts of the container's process: " + e.getMessage(), e);
        }
    }

    /** The names that criu has for files of the host. */
    List<String> external() {
        List<String> external = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith(HOSTS) && !external.contains(key(name))) {
                external.add(key(name));
            }
        }
        return external;
    }

    /** Those that are opened again, with their paths: they were not removed while the container had them. */
    Map<String, String> reopened() {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(HOSTS) && !name.endsWith(REMOVED)) {
                paths.put(key(name), name.substring(key(name).length() + 1));
            }
        }
        return paths;
    }

    /** What criu calls it: the name up to its bracket. */
    private static String key(String name) {
        int end = name.indexOf(END);
        return end < 0 ? name : name.substring(0, end + 1);
    }

    void write(String images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new ConfineException("memory cannot fail", e);
        }
        StateStore.replace(new File(images, FILE), bytes.toByteArray());
    }

    /** Those that were saved; none where that was not said. */
    static Descriptors read(String images) {
        File file = new File(images, FILE);
        List<String> names = new ArrayList<>();
        if (!file.exists()) {
            return new Descriptors(names);
        }
        try (JsonParser json = JSON.createParser(file)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new ConfineException(file + " is no array of names: are these the images of a container?");
            }
            while (json.nextToken() == JsonToken.VALUE_STRING && names.size() < STDIO) {
                names.add(json.getText());
            }
            return new Descriptors(names);
        } catch (IOException e) {
            throw new ConfineException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What of the caller's stdio takes the place of a pipe or a file that is gone: its name; empty for what does not. */
    List<String> inherited() {
        List<String> inherited = new ArrayList<>();
        for (int fd = 0; fd < STDIO; fd++) {
            String name = fd < names.size() ? names.get(fd) : "";
            boolean removed = name.startsWith(HOSTS) && name.endsWith(REMOVED);
            inherited.add(removed ? key(name) : name.startsWith("pipe:") ? name : "");
        }
        return inherited;
    }
}
