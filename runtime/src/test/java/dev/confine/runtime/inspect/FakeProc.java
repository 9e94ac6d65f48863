package dev.confine.runtime.inspect;

import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that looks like /proc, with as many processes as a test puts in. */
final class FakeProc {
    /** Of the namespaces that everything is in that has none of its own. */
    static final long FIRST = 4026531800L;

    private final Path root;

    FakeProc(Path root) {
        this.root = root;
        for (NamespaceType type : NamespaceType.values()) {
            link("self/ns/" + NamespaceId.file(type), type, FIRST + type.ordinal());
        }
        file("self/mountinfo", "");
    }

    Proc proc() {
        return new Proc(root.toString());
    }

    static NamespaceId first(NamespaceType type) {
        return new NamespaceId(type, FIRST + type.ordinal());
    }

    /** A process of the host. */
    FakeProc process(long pid, long parent, long uid, String command) {
        file(
                pid + "/status",
                "Name:\t" + command + "\nState:\tS (sleeping)\nPPid:\t" + parent + "\nUid:\t" + uid + "\t" + uid + "\t"
                        + uid + "\t" + uid + "\nGid:\t" + uid + "\t" + uid + "\t" + uid + "\t" + uid
                        + "\nGroups:\t4 20 \nNSpid:\t" + pid + "\nThreads:\t1\n");
        file(pid + "/cmdline", command + "\0");
        file(pid + "/cgroup", "0::/\n");
        file(pid + "/mountinfo", "");
        file(pid + "/uid_map", "         0          0 4294967295\n");
        file(pid + "/gid_map", "         0          0 4294967295\n");
        for (NamespaceType type : NamespaceType.values()) {
            link(pid + "/ns/" + NamespaceId.file(type), type, FIRST + type.ordinal());
        }
        return this;
    }

    /** Gives a process a namespace of its own. */
    FakeProc in(long pid, NamespaceType type, long inode) {
        link(pid + "/ns/" + NamespaceId.file(type), type, inode);
        return this;
    }

    FakeProc maps(long pid, String lines) {
        return file(pid + "/uid_map", lines).file(pid + "/gid_map", lines);
    }

    FakeProc file(String name, String content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeProc link(String name, String target) {
        try {
            Path link = root.resolve(name);
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String name, NamespaceType type, long inode) {
        link(name, new NamespaceId(type, inode).toString());
    }
}
