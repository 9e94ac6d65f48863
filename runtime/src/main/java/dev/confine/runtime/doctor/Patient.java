package dev.confine.runtime.doctor;

import dev.confine.idmap.HostTexts;
import dev.confine.idmap.UserNames;
import dev.confine.spi.Caller;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host and the user that are looked at. All files are found beneath one directory, so that tests make a host of their own. */
public final class Patient implements HostTexts {
    static final int LARGEST = 8 << 20;
    private static final String[] PROGRAMS = {"/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"};

    private final String root;
    private final Caller caller;
    private final String program;

    /**
     * @param root of the host's files, {@code ""} for this host
     * @param caller whose containers it is about
     * @param program path of confine itself
     */
    public Patient(String root, Caller caller, String program) {
        this.root = root;
        this.caller = caller;
        this.program = program;
    }

    public Caller caller() {
        return caller;
    }

    String program() {
        return program;
    }

    boolean isRoot() {
        return caller.isRoot();
    }

    /** The name of the user, as files and commands take it. */
    String user() {
        return new UserNames(this).nameOf(caller.uid());
    }

    @Override
    public @Nullable String file(String path) {
        byte[] bytes = bytes(path);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    byte @Nullable [] bytes(String path) {
        try (InputStream in = new FileInputStream(root + path)) {
            return in.readNBytes(LARGEST);
        } catch (IOException e) {
            return null;
        }
    }

    /** Programs belong to this host alone: another one's are not run. */
    @Override
    public @Nullable String output(List<String> command) {
        return root.isEmpty() ? HostTexts.ofThisHost().output(command) : null;
    }

    /** The number in a file, or -1 where there is none. */
    long number(String path) {
        String text = file(path);
        try {
            return text == null ? -1 : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    boolean exists(String path) {
        return Files.exists(Path.of(root + path), LinkOption.NOFOLLOW_LINKS);
    }

    boolean isWritable(String path) {
        return Files.isWritable(Path.of(root + path));
    }

    /** Path of a program of the system, or null. */
    @Nullable
    String find(String name) {
        for (String directory : PROGRAMS) {
            if (exists(directory + "/" + name)) {
                return directory + "/" + name;
            }
        }
        return null;
    }

    /** Of what a path leads to: an {@code unix:} attribute; -1 where it cannot be seen. */
    int attribute(String path, String name) {
        try {
            return (Integer) Files.getAttribute(Path.of(root + path), "unix:" + name);
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }

    /** Where a path is on this host. */
    String onHost(String path) {
        return root + path;
    }

    /** A field of the caller's status in /proc; empty where it is not there. */
    String status(String field) {
        String text = file("/proc/" + caller.pid() + "/status");
        for (String line : text == null ? new String[0] : text.split("\n")) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).strip();
            }
        }
        return "";
    }

    /** The mounts, as words of lines of mountinfo. */
    List<String[]> mounts() {
        String text = file("/proc/self/mountinfo");
        List<String[]> mounts = new ArrayList<>();
        for (String line : text == null ? new String[0] : text.split("\n")) {
            String[] words = line.split(" ");
            if (words.length > 9) {
                mounts.add(words);
            }
        }
        return mounts;
    }

    /** The mount that a path is on, or null. */
    String @Nullable [] mountOf(String path) {
        String[] found = null;
        for (String[] words : mounts()) {
            String point = words[4];
            boolean above = point.equals("/") || path.equals(point) || path.startsWith(point + "/");
            if (above && (found == null || point.length() >= found[4].length())) {
                found = words;
            }
        }
        return found;
    }

    /** The type of the file system in the words of a mount. */
    static String type(String[] words) {
        for (int i = 6; i + 1 < words.length; i++) {
            if (words[i].equals("-")) {
                return words[i + 1];
            }
        }
        return "?";
    }
}
