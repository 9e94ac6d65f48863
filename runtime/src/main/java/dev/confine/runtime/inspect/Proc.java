package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The files of processes, proc(5). A process that has ended reads as null, everywhere; one that may not be looked at as {@link ProcessUnreadable}. It keeps
 * nothing: each call reads anew.
 */
public final class Proc {
    private static final int LARGEST = 4 << 20;

    private final String root;

    /** A directory that looks like /proc. */
    public Proc(String root) {
        this.root = root;
    }

    /** That of this host. */
    public static Proc ofThisHost() {
        return new Proc("/proc");
    }

    /** Path of a file of a process. */
    public String path(long pid, String name) {
        return root + "/" + pid + "/" + name;
    }

    /** Path of a file of this process itself. */
    public String ownPath(String name) {
        return root + "/self/" + name;
    }

    /** Path of a file that belongs to no process: {@code sys/kernel/overflowuid}. */
    public String hostPath(String name) {
        return root + "/" + name;
    }

    /** All processes there are, ascending. */
    public long[] pids() {
        String[] names = new File(root).list();
        long[] pids = new long[names == null ? 0 : names.length];
        int count = 0;
        for (int i = 0; i < pids.length; i++) {
            long pid = number(names == null ? "" : names[i]);
            if (pid > 0) {
                pids[count++] = pid;
            }
        }
        long[] found = Arrays.copyOf(pids, count);
        Arrays.sort(found);
        return found;
    }

    /** The whole of a file of a process, a byte a character. */
    public @Nullable String text(long pid, String name) {
        byte[] content = bytes(pid, path(pid, name));
        return content == null ? null : new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Where a symbolic link of a process leads. */
    public @Nullable String link(long pid, String name) {
        return target(pid, path(pid, name));
    }

    /** Where a symbolic link of this process itself leads. */
    public @Nullable String ownLink(String name) {
        return target(0, ownPath(name));
    }

    /** Its open file descriptors, each a name in its directory fd; none when it has ended, or may not be looked at. */
    public String[] descriptors(long pid) {
        String[] names = new File(path(pid, "fd")).list();
        return names == null ? new String[0] : names;
    }

    /** The namespace of a process; null when it has ended. {@code file} is a name in its directory ns. */
    public @Nullable NamespaceId namespace(long pid, String file) {
        String link = link(pid, "ns/" + file);
        return link == null ? null : NamespaceId.parse(link);
    }

    /** The namespace that this process is in; null where the kernel knows no such type. */
    public @Nullable NamespaceId ownNamespace(NamespaceType type) {
        String link = ownLink("ns/" + NamespaceId.file(type));
        return link == null ? null : NamespaceId.parse(link);
    }

    private static @Nullable String target(long pid, String file) {
        try {
            return Files.readSymbolicLink(Path.of(file)).toString();
        } catch (AccessDeniedException e) {
            throw new ProcessUnreadable(pid, file, e);
        } catch (IOException e) {
            return null;
        }
    }

    /** The whole of a file that belongs to no process or to this one; null when it cannot be read. */
    public @Nullable String text(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    /** Who the process is; null when it has ended. */
    public @Nullable ProcessStatus status(long pid) {
        byte[] content = bytes(pid, path(pid, "status"));
        return content == null ? null : ProcessStatus.parse(pid, content);
    }

    /** The words of its command line with blanks between, its name in brackets where it has none (a kernel thread, a zombie); null when it has ended. */
    public @Nullable String command(long pid) {
        byte[] content = bytes(pid, path(pid, "cmdline"));
        if (content == null) {
            return null;
        }
        String words =
                new String(content, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        if (!words.isEmpty()) {
            return words;
        }
        ProcessStatus status = status(pid);
        return status == null ? null : "[" + status.name() + "]";
    }

    /** The arguments of its command line; none where it has none or has ended. */
    public String[] arguments(long pid) {
        String text = text(pid, "cmdline");
        return text == null || text.isEmpty() ? new String[0] : text.split("\0");
    }

    private static byte @Nullable [] bytes(long pid, String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return in.readNBytes(LARGEST);
        } catch (IOException e) {
            if (isDenied(e)) {
                throw new ProcessUnreadable(pid, file, e);
            }
            return null;
        }
    }

    /** The streams of java.io have no exception of their own for it. */
    private static boolean isDenied(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Permission denied") || message.contains("Operation not permitted");
    }

    private static long number(String name) {
        long number = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return name.isEmpty() ? -1 : number;
    }
}
