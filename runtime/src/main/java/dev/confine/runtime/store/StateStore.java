package dev.confine.runtime.store;

import dev.confine.ConfineException;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The containers under one state directory: {@code ROOT/<id>/state.json}, written to a temporary name and renamed, beside the configuration as
 * it was when the container was made, {@code config.json}. The making of {@code ROOT/<id>} is what
 * makes an id unique; the front does that, so that it can undo it. It relies on the umask of the JVM (077) to keep the directory private.
 */
public final class StateStore {
    private static final String FILE = "state.json";
    private static final String CONFIG = "config.json";
    private static final int LARGEST = 1 << 20;

    private final File root;

    /** @param root absolute path; it is made when the first container is */
    public StateStore(String root) {
        this.root = new File(root);
    }

    /** Absolute path of the directory of {@code id}, whether it exists or not. */
    public String directory(ContainerId id) {
        return new File(root, id.value()).getPath();
    }

    /** Makes the state directory itself, and refuses an id that is taken. The container's own directory is made by its launch program. */
    public void prepare(ContainerId id) {
        if (!root.isDirectory() && !root.mkdirs() && !root.isDirectory()) {
            throw new ConfineException("cannot make the state directory " + root
                    + ": is its parent writable for you? (name another one with --root)");
        }
        if (new File(root, id.value()).exists()) {
            throw new ConfineException("container with given ID already exists: " + id);
        }
    }

    /** Keeps the configuration that a container is made from. */
    public void keep(ContainerId id, byte[] config) {
        put(config(id), config);
    }

    private static void put(String file, byte[] content) {
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(content);
        } catch (IOException e) {
            throw new ConfineException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Leaves an empty file that {@link #isMarked} sees. */
    public void mark(ContainerId id, String name) {
        put(directory(id) + "/" + name, new byte[0]);
    }

    public boolean isMarked(ContainerId id, String name) {
        return new File(directory(id), name).exists();
    }

    /** The lines of a file in the container's directory; none when it is not there. */
    public List<String> lines(ContainerId id, String name) {
        List<String> lines = new ArrayList<>();
        try (FileInputStream in = new FileInputStream(directory(id) + "/" + name)) {
            for (String line : new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        } catch (IOException none) {
            return List.of();
        }
        return lines;
    }

    /** Absolute path of the configuration that {@code id} was made from. */
    public String config(ContainerId id) {
        return directory(id) + "/" + CONFIG;
    }

    /** Replaces what is remembered of a container. */
    public void write(ContainerState state) {
        replace(new File(directory(state.id()), FILE), StateJson.toBytes(state));
    }

    /** Writes what is to be remembered once someone renames the file {@code name}. */
    public void write(ContainerState state, String name) {
        put(directory(state.id()) + "/" + name, StateJson.toBytes(state));
    }

    /** Writes {@code content} to a temporary name beside {@code file}, then renames it. */
    public static void replace(File file, byte[] content) {
        File temporary = new File(file.getPath() + ".new");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary)) {
                out.write(content);
            }
            if (!temporary.renameTo(file)) {
                throw new IOException("cannot be renamed to " + file.getName());
            }
        } catch (IOException e) {
            temporary.delete();
            throw new ConfineException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** What is remembered of {@code id}, or null when there is no such container. */
    public @Nullable ContainerState find(ContainerId id) {
        File directory = new File(root, id.value());
        File file = new File(directory, FILE);
        try (FileInputStream in = new FileInputStream(file)) {
            return StateJson.parse(whole(in), file.getPath());
        } catch (FileNotFoundException e) {
            if (directory.isDirectory() && !file.exists()) {
                throw new ConfineException("container " + id + " is half made: " + directory
                        + " has no state.json (remove it with: confine delete --force " + id + ")");
            }
            if (file.exists()) {
                throw new ConfineException("cannot read " + file + ": permission denied", e);
            }
            return null;
        } catch (IOException e) {
            throw new ConfineException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Most are smaller than the first part, which is read without asking for the size: {@code list} does this a thousand times. */
    private static byte[] whole(FileInputStream in) throws IOException {
        byte[] first = new byte[8192];
        int count = Math.max(0, in.read(first));
        if (count < first.length) {
            return Arrays.copyOf(first, count);
        }
        byte[] rest = in.readNBytes(LARGEST - count);
        byte[] all = Arrays.copyOf(first, count + rest.length);
        System.arraycopy(rest, 0, all, count, rest.length);
        return all;
    }

    /** What is remembered of {@code id}. */
    public ContainerState read(ContainerId id) {
        ContainerState state = find(id);
        if (state == null) {
            throw new ConfineException("container does not exist: " + id + " (in " + root + ")");
        }
        return state;
    }

    /** The ids under the state directory, sorted. */
    public List<ContainerId> ids() {
        List<ContainerId> ids = new ArrayList<>();
        String[] names = root.list();
        if (names == null) {
            if (root.exists()) {
                throw new ConfineException("cannot read the state directory " + root + ": permission denied");
            }
            return ids;
        }
        Arrays.sort(names);
        for (String name : names) {
            if (ContainerId.isValid(name) && new File(root, name).isDirectory()) {
                ids.add(ContainerId.parse(name));
            }
        }
        return ids;
    }

    /** Forgets a container; what is not there is no error. */
    public void remove(ContainerId id) {
        File directory = new File(root, id.value());
        String[] names = directory.list();
        if (names != null) {
            for (String name : names) {
                new File(directory, name).delete();
            }
        }
        directory.delete();
        if (directory.exists()) {
            throw new ConfineException("cannot remove " + directory + ": is it writable for you?");
        }
    }
}
