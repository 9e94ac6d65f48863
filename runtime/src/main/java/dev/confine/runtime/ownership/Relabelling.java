package dev.confine.runtime.ownership;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import dev.confine.runtime.host.CallFailure;
import dev.confine.runtime.host.FileStatus;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.host.TreeScan;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree and gives each file its owner: by file descriptor, links themselves and never what they lead to, each file once however many names it has. What
 * is mounted within is left alone. Setid bits, capabilities and access control lists stay, with their ids translated.
 */
public final class Relabelling implements TreeScan.Visitor {
    private static final String CAPABILITIES = "security.capability";
    private static final String LIST = "system.posix_acl_access";
    private static final String INHERITED = "system.posix_acl_default";
    private static final int MODE = 07777;
    private static final int SETID = 06000;

    private final HostFiles files;
    private final Task task;
    private final Tally tally;
    /** Of files with several names, how many names are not met yet. */
    private final Map<Owned.Key, Long> linked = new HashMap<>();

    /** What is done with a file. */
    private interface Task {
        /** @param now as the file is */
        void on(int fd, Owned now, TreeScan.Entry entry);
    }

    private Relabelling(HostFiles files, Task task, Tally tally) {
        this.files = files;
        this.task = task;
        this.tally = tally;
    }

    /**
     * Only looks, and counts what would be done.
     *
     * @param before what a journal has of files that were touched already
     */
    public static Tally look(HostFiles files, String tree, IdShift shift, Map<Owned.Key, Owned> before) {
        Tally tally = new Tally(shift);
        Task task = (fd, now, entry) -> {
            Owned known = before.get(now.key());
            tally.count(now, (known == null ? now : known).by(shift));
        };
        return new Relabelling(files, task, tally).walk(tree);
    }

    /**
     * Does it.
     *
     * @param before what a journal has of files that were touched already; empty for a new one
     */
    public static Tally apply(
            HostFiles files,
            String tree,
            IdShift shift,
            Map<Owned.Key, Owned> before,
            Journal.Writer journal,
            Progress progress) {
        Tally tally = new Tally(shift);
        Task task = (fd, now, entry) -> {
            Owned known = before.get(now.key());
            Owned old = known == null ? now : known;
            Owned wanted = old.by(shift);
            tally.count(old, wanted);
            if (!wanted.equals(now)) {
                if (known == null) {
                    journal.before(now);
                }
                change(files, fd, wanted, entry, known == null ? journal::untouched : () -> {});
            }
            progress.on(tally.files());
        };
        return new Relabelling(files, task, tally).walk(tree);
    }

    /** Gives back to each file what the journal has of it. */
    public static Tally undo(HostFiles files, Journal journal, Progress progress) {
        Tally tally =
                new Tally(new IdShift(journal.shift().maps(), !journal.shift().back()));
        Task task = (fd, now, entry) -> {
            Owned old = journal.before().get(now.key());
            if (old != null) {
                tally.count(now, old);
                if (!old.equals(now)) {
                    change(files, fd, old, entry, () -> {});
                }
            }
            progress.on(tally.files());
        };
        return new Relabelling(files, task, tally).walk(journal.tree());
    }

    /** What is told while it goes on. */
    @FunctionalInterface
    public interface Progress {
        void on(long files);
    }

    private Tally walk(String tree) {
        TreeScan scan = new TreeScan(files, this);
        scan.walk(tree);
        tally.unreadable = scan.unreadable();
        tally.elsewhere = linked.values().stream().filter(left -> left > 0).count();
        return tally;
    }

    @Override
    public boolean visit(TreeScan.Entry entry) {
        FileStatus seen = entry.status();
        if (seen.isMountRoot() && !entry.isTop()) {
            tally.mounts++;
            return false;
        }
        if (!seen.isDirectory() && seen.links() > 1 && isKnown(seen)) {
            tally.links++;
            return false;
        }
        int fd = files.open(entry);
        if (fd < 0) {
            return gone(-fd, entry);
        }
        try {
            FileStatus status = files.status(fd);
            if (status.inode() != seen.inode() || status.device() != seen.device()) {
                throw new ConfineException(
                        entry.path() + ": EAGAIN: another file is there now: somebody changes the tree"
                                + " meanwhile; stop that and go on");
            }
            task.on(fd, owned(fd, status), entry);
        } finally {
            files.close(fd);
        }
        return true;
    }

    private boolean isKnown(FileStatus seen) {
        Owned.Key key = new Owned.Key(seen.device(), seen.inode());
        Long left = linked.get(key);
        linked.put(key, (left == null ? seen.links() : left) - 1);
        return left != null;
    }

    private static boolean gone(int errno, TreeScan.Entry entry) {
        if (errno == Errno.ENOENT.number()) {
            return false;
        }
        throw new CallFailure(entry.path(), errno);
    }

    private Owned owned(int fd, FileStatus status) {
        boolean link = status.isLink();
        return new Owned(
                status.device(),
                status.inode(),
                status.uid(),
                status.gid(),
                status.mode() & MODE,
                status.isRegular() ? Owned.hex(files.attribute(fd, CAPABILITIES)) : Owned.NONE,
                link ? Owned.NONE : Owned.hex(files.attribute(fd, LIST)),
                status.isDirectory() ? Owned.hex(files.attribute(fd, INHERITED)) : Owned.NONE);
    }

    /**
     * The owner first, as that takes setid bits and capabilities; the list before the mode, as that changes it.
     *
     * @param untouched is told when not even the owner was changed
     */
    private static void change(HostFiles files, int fd, Owned wanted, TreeScan.Entry entry, Runnable untouched) {
        try {
            own(files, fd, wanted, untouched);
            if (!wanted.list().equals(Owned.NONE)) {
                files.setAttribute(fd, LIST, Owned.bytes(wanted.list()));
            }
            if (!wanted.inherited().equals(Owned.NONE)) {
                files.setAttribute(fd, INHERITED, Owned.bytes(wanted.inherited()));
            }
            if ((wanted.mode() & SETID) != 0 && !files.status(fd).isLink()) {
                files.mode(fd, wanted.mode());
            }
            if (wanted.hasCapabilities()) {
                files.setAttribute(fd, CAPABILITIES, Owned.bytes(wanted.capabilities()));
            }
        } catch (CallFailure e) {
            throw new ConfineException(entry.path() + ": " + e.getMessage() + cure(e, files.status(fd)), e);
        }
    }

    private static void own(HostFiles files, int fd, Owned wanted, Runnable untouched) {
        try {
            files.own(fd, wanted.uid(), wanted.gid());
        } catch (CallFailure e) {
            untouched.run();
            throw e;
        }
    }

    private static String cure(CallFailure e, FileStatus status) {
        if (status.isImmutable()) {
            return ": the file is immutable: chattr -i";
        }
        return e.is(Errno.EPERM)
                ? ": only root changes owners: as root, or as root of a user namespace that has both ids (unshare --map-auto --map-root-user)"
                : "";
    }

    /** Counts of a walk. */
    public static final class Tally {
        private final IdShift shift;
        private long files;
        private long changed;
        private long outside;
        private long setid;
        private long capabilities;
        private long lists;
        private long links;
        private long elsewhere;
        private long mounts;
        private long unreadable;
        private @Nullable String firstOutside;

        private Tally(IdShift shift) {
            this.shift = shift;
        }

        private void count(Owned from, Owned to) {
            files++;
            changed += from.equals(to) ? 0 : 1;
            setid += (from.mode() & SETID) != 0 ? 1 : 0;
            capabilities += from.hasCapabilities() ? 1 : 0;
            lists += from.hasList() ? 1 : 0;
            if (!shift.hasUid(from.uid()) || !shift.hasGid(from.gid())) {
                outside++;
                firstOutside = firstOutside == null ? from.uid() + ":" + from.gid() : firstOutside;
            }
        }

        /** That were looked at, each once. */
        public long files() {
            return files;
        }

        /** That have another owner or list afterwards. */
        public long changed() {
            return changed;
        }

        /** Whose user or group the map does not have, so it stays. */
        public long outside() {
            return outside;
        }

        /** The first such owner, {@code uid:gid}; empty where there is none. */
        public String firstOutside() {
            return firstOutside == null ? "" : firstOutside;
        }

        /** With a setuid or setgid bit. */
        public long setid() {
            return setid;
        }

        public long capabilities() {
            return capabilities;
        }

        /** With an access control list. */
        public long lists() {
            return lists;
        }

        /** Further names of files that were counted already. */
        public long links() {
            return links;
        }

        /** Files that have names outside of the tree as well, and are changed there too. */
        public long elsewhere() {
            return elsewhere;
        }

        /** Mounts within, which were left alone. */
        public long mounts() {
            return mounts;
        }

        /** Directories that could not be opened. */
        public long unreadable() {
            return unreadable;
        }
    }
}
