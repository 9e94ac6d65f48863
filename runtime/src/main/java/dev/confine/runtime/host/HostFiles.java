package dev.confine.runtime.host;

import dev.confine.launch.Errno;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Files by file descriptor, as openat(2) and its kin have them: nothing that is swapped under a path while it is looked at leads elsewhere. For one thread.
 * File descriptors are plain numbers, closed by who opened them.
 */
public final class HostFiles {
    public static final int AT_FDCWD = -100;
    /** openat(2): only a place, nothing is read; close-on-exec, and a link is not followed. */
    public static final long PLACE = 0x200000 | 0x80000 | 0x20000;

    /** openat(2): a directory to be listed; a link is refused. */
    public static final long LISTED = 0x10000 | 0x80000 | 0x20000;

    private static final long O_CLOEXEC = 0x80000;
    private static final long O_PATH = 0x200000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;
    private static final int PATH_BYTES = 8192;
    private static final int VALUE_BYTES = 65_536;

    /** Initialised on first use, which loads the library. */
    private static final class Native {
        static final SystemCalls CALLS = LibraryLoader.create(SystemCalls.class).load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(CALLS);
    }

    private final Pointer path = Memory.allocateDirect(Native.RUNTIME, PATH_BYTES);
    private final Pointer name = Memory.allocateDirect(Native.RUNTIME, 256);
    private final Pointer statx = Memory.allocateDirect(Native.RUNTIME, FileStatus.BYTES);
    private final Pointer value = Memory.allocateDirect(Native.RUNTIME, VALUE_BYTES);

    // ---- looking

    /** A place by an absolute path, whose links are followed, those of /proc as well. */
    public int place(String absolute) {
        return (int) checked(absolute, call(Call.OPENAT, AT_FDCWD, put(path, absolute), O_PATH | O_CLOEXEC, 0));
    }

    /** openat(2) of an entry, with {@link #PLACE} or {@link #LISTED}. */
    public int open(int directory, String entry, long flags) {
        return (int) checked(entry, call(Call.OPENAT, directory, put(path, entry), flags, 0));
    }

    /** As {@link #open}, or {@code -errno}. */
    public int tryOpen(int directory, String entry, long flags) {
        return (int) call(Call.OPENAT, directory, put(path, entry), flags, 0);
    }

    public void close(int fd) {
        call(Call.CLOSE, fd, 0, 0, 0);
    }

    /** Of what is open. */
    public FileStatus status(int fd) {
        checked("statx", statx(fd, put(path, ""), AT_EMPTY_PATH, FileStatus.MASK, statx.address()));
        return FileStatus.at(statx);
    }

    /** The target of an open symbolic link. */
    public String target(int link) {
        long length = checked("readlink", call(Call.READLINKAT, link, put(path, ""), value.address(), 4096));
        return new String(bytes((int) length), StandardCharsets.UTF_8);
    }

    /** An extended attribute of what is open, a place as well; null where it has none or its file system knows none. */
    public byte @Nullable [] attribute(int fd, String attribute) {
        long length = call(
                Call.GETXATTR, put(path, "/proc/self/fd/" + fd), put(name, attribute), value.address(), VALUE_BYTES);
        if (length == -Errno.ENODATA.number() || length == -Errno.ENOTSUP.number()) {
            return null;
        }
        checked("getxattr " + attribute, length);
        return bytes((int) length);
    }

    // ---- changing

    /** Changes the owner of what is open, a link itself; -1 leaves an id. The kernel takes setid bits and capabilities from a file then. */
    public void own(int fd, long uid, long gid) {
        int result =
                Native.CALLS.fchownat(fd, put(path, ""), (int) uid, (int) gid, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW);
        checked("chown", result(result));
    }

    /** Sets an extended attribute of what is open, a place as well. */
    public void setAttribute(int fd, String attribute, byte[] content) {
        value.put(0, content, 0, content.length);
        int result = Native.CALLS.setxattr(
                put(path, "/proc/self/fd/" + fd), put(name, attribute), value.address(), content.length, 0);
        checked("setxattr " + attribute, result(result));
    }

    /** Changes the mode of what is open, a place as well, and no link. */
    public void mode(int fd, int mode) {
        checked("chmod", call(Call.FCHMODAT, AT_FDCWD, put(path, "/proc/self/fd/" + fd), mode, 0));
    }

    /** A place: where a scan is. */
    public int open(TreeScan.Entry entry) {
        return (int) call(Call.OPENAT, entry.directory(), entry.address(), PLACE, 0);
    }

    // ---- raw

    long call(Call number, long first, long second, long third, long fourth) {
        return result(Native.CALLS.syscall(number.here(), first, second, third, fourth));
    }

    long statx(int directory, long name, int flags, int mask, long buffer) {
        return result(Native.CALLS.statx(directory, name, flags, mask, buffer));
    }

    private static long result(long result) {
        return result == -1 ? -Native.RUNTIME.getLastError() : result;
    }

    static Pointer memory(int size) {
        return Memory.allocateDirect(Native.RUNTIME, size, true);
    }

    static long checked(String what, long result) {
        if (result < 0) {
            throw new CallFailure(what, (int) -result);
        }
        return result;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        value.get(0, bytes, 0, length);
        return bytes;
    }

    private static long put(Pointer at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= at.size()) {
            throw new CallFailure(text.substring(0, 60) + "…", Errno.ENAMETOOLONG.number());
        }
        at.put(0, bytes, 0, bytes.length);
        at.putByte(bytes.length, (byte) 0);
        return at.address();
    }
}
