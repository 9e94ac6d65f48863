package dev.confine.runtime.access;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.Errno;
import dev.confine.runtime.host.CallFailure;
import dev.confine.runtime.host.FileStatus;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.host.MountMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a process sees, from its root directory on, in its mount namespace: walked by file descriptor from /proc/PID/root, so that nothing that
 * changes meanwhile leads out of it. Where whoever looks may not search, a {@link Reach} opens what is there.
 */
public final class LiveTree implements Tree, AutoCloseable {
    private final String proc;
    private final HostFiles files;
    private final Reach reach;
    private final Viewer viewer;
    private final MountTable mounts;
    private final MountMaps maps;
    private final Map<String, IdMaps> known;
    private final List<Integer> open = new ArrayList<>();
    private final Node root;

    /**
     * Of the process {@code pid}.
     *
     * @param reach opens what whoever looks may not search
     * @param known id maps of mounts by where they are mounted: what the kernel may not tell of them
     * @throws ConfineException when it has ended, or may not be looked at
     */
    public LiveTree(HostFiles files, Reach reach, long pid, Map<String, IdMaps> known) {
        this.proc = "/proc/" + pid;
        this.files = files;
        this.reach = reach;
        this.known = Map.copyOf(known);
        this.viewer = new Viewer(files);
        this.mounts = MountTable.parse(text(proc + "/mountinfo"));
        this.maps = new MountMaps(files, proc + "/ns/mnt");
        try {
            this.root = node("/", files.place(proc + "/root"));
        } catch (CallFailure e) {
            throw refused(proc + "/root", e);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new ConfineException("read " + file + ": the process has ended, or you may not look at it", e);
        }
    }

    private static ConfineException refused(String what, CallFailure e) {
        return e.is(Errno.EACCES)
                ? new ConfineException(
                        what + ": EACCES: the process is another user's, or has just given up that it may be looked at;"
                                + " ask as root",
                        e)
                : e;
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public @Nullable Node child(Node directory, String name) {
        String path = (directory.path().equals("/") ? "" : directory.path()) + "/" + name;
        int fd = files.tryOpen(directory.handle(), name, HostFiles.PLACE);
        if (fd == -Errno.EACCES.number()) {
            fd = reach.open("", path.substring(1));
        }
        if (fd == -Errno.ENOENT.number()) {
            return null;
        }
        if (fd < 0) {
            throw new Unseen(path, Errno.describe(-fd) + ": ask as root");
        }
        return node(path, fd);
    }

    @Override
    public String target(Node link) {
        return files.target(link.handle());
    }

    private Node node(String path, int fd) {
        open.add(fd);
        FileStatus status = files.status(fd);
        MountFacts facts = mounts.of(status.mount());
        if (facts.idmapped() && facts.maps() == null) {
            IdMaps told = maps.of(fd);
            facts = told == null ? facts.with(known.get(facts.point()), true) : facts.with(told, false);
            mounts.put(status.mount(), facts);
        }
        return new Node(path, viewer.inode(fd, status, facts), facts, proc + "/root" + path, fd);
    }

    @Override
    public void close() {
        reach.close();
        for (int fd : open) {
            files.close(fd);
        }
        open.clear();
    }
}
