package dev.confine.runtime.host;

import dev.confine.launch.Errno;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * Every file beneath a directory, and that itself, by file descriptor: no link is followed, and what is renamed meanwhile leads nowhere else. What is mounted
 * within is shown and not entered. Names are bytes, and become text only when somebody asks.
 */
public final class TreeScan {
    private static final int BUFFER = 65_536;
    private static final int NO_FOLLOW = 0x100 | 0x800;
    private static final int BASIC = 0x7ff;

    private final HostFiles files;
    private final Visitor visitor;
    private final Pointer statx = HostFiles.memory(FileStatus.BYTES);
    private final List<Pointer> buffers = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Entry entry = new Entry();
    private long unreadable;
    private String top = "";

    public TreeScan(HostFiles files, Visitor visitor) {
        this.files = files;
        this.visitor = visitor;
    }

    /** What is done with each file. A directory comes before what is in it. */
    @FunctionalInterface
    public interface Visitor {
        /** False for a directory that is not to be entered. */
        boolean visit(Entry entry);
    }

    /** Where the scan is; good until the visitor returns. */
    public final class Entry {
        private int directory;
        private long name;
        private Pointer buffer = statx;
        private int at;

        private Entry() {}

        /** Ids as this process sees them. */
        public long uid() {
            return statx.getInt(20) & 0xffff_ffffL;
        }

        public long gid() {
            return statx.getInt(24) & 0xffff_ffffL;
        }

        public FileStatus status() {
            return FileStatus.at(statx);
        }

        /** The directory it is in, open; for the uppermost itself. */
        public int directory() {
            return directory;
        }

        /** Address of its name in memory, for further calls; a dot for the uppermost. */
        long address() {
            return name;
        }

        /** Whether it is the directory that the scan began with. */
        public boolean isTop() {
            return at < 0;
        }

        /** Relative to the uppermost directory; empty for that. */
        public String relative() {
            String own = at < 0 ? "" : TreeScan.name(buffer, at);
            return names.isEmpty() ? own : String.join("/", names) + "/" + own;
        }

        /** With the uppermost directory. */
        public String path() {
            String relative = relative();
            return relative.isEmpty() ? top : top + "/" + relative;
        }
    }

    /** How many directories could not be opened. */
    public long unreadable() {
        return unreadable;
    }

    /**
     * Visits {@code path}, a directory, and all beneath.
     *
     * @throws CallFailure when it is none, or cannot be opened
     */
    public void walk(String path) {
        top = path;
        int fd = files.open(HostFiles.AT_FDCWD, path, HostFiles.LISTED);
        try {
            Pointer itself = buffer(0);
            itself.putByte(0, (byte) '.');
            itself.putByte(1, (byte) 0);
            HostFiles.checked(path, files.statx(fd, itself.address(), NO_FOLLOW, BASIC, statx.address()));
            entry.directory = fd;
            entry.name = itself.address();
            entry.at = -1;
            if (visitor.visit(entry)) {
                list(fd, 0);
            }
        } finally {
            files.close(fd);
        }
    }

    private Pointer buffer(int depth) {
        if (depth == buffers.size()) {
            buffers.add(HostFiles.memory(BUFFER));
        }
        return buffers.get(depth);
    }

    private void list(int fd, int depth) {
        Pointer buffer = buffer(depth);
        while (true) {
            int length =
                    (int) HostFiles.checked("getdents64", files.call(Call.GETDENTS64, fd, buffer.address(), BUFFER, 0));
            if (length == 0) {
                return;
            }
            int at = 0;
            while (at < length) {
                int size = buffer.getShort(at + 16) & 0xffff;
                if (!isDot(buffer, at + 19)) {
                    one(fd, buffer, at + 19, depth);
                }
                at += size;
            }
        }
    }

    private static boolean isDot(Pointer buffer, int at) {
        if (buffer.getByte(at) != '.') {
            return false;
        }
        byte second = buffer.getByte(at + 1);
        return second == 0 || (second == '.' && buffer.getByte(at + 2) == 0);
    }

    private void one(int fd, Pointer buffer, int at, int depth) {
        long name = buffer.address() + at;
        if (files.statx(fd, name, NO_FOLLOW, BASIC, statx.address()) < 0) {
            return; // it has been removed meanwhile
        }
        boolean directory = (statx.getShort(28) & 0xf000) == 0x4000;
        long here = statx.getLong(32);
        entry.directory = fd;
        entry.name = name;
        entry.buffer = buffer;
        entry.at = at;
        boolean mounted = (statx.getLong(8) & 0x2000) != 0;
        if (!visitor.visit(entry) || !directory || mounted) {
            return;
        }
        int inner = (int) files.call(Call.OPENAT, fd, name, HostFiles.LISTED, 0);
        if (inner < 0) {
            if (inner == -Errno.EMFILE.number() || inner == -Errno.ENFILE.number()) {
                throw new CallFailure(entry.path(), -inner);
            }
            unreadable++;
            return;
        }
        try {
            if (files.status(inner).inode() == here) {
                names.add(name(buffer, at));
                list(inner, depth + 1);
                names.remove(names.size() - 1);
            }
        } finally {
            files.close(inner);
        }
    }

    private static String name(Pointer buffer, int at) {
        int length = 0;
        while (buffer.getByte(at + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        buffer.get(at, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
