package dev.confine.runtime.inspect;

import dev.confine.launch.Syscall;
import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of ioctl_ns(2), Linux ≥ 4.11. A place that is gone or closed to the caller tells nothing, and is no error. */
final class NamespaceCalls implements NamespaceRelations.Source {
    private static final long NS_GET_USERNS = 0xb701;
    private static final long NS_GET_PARENT = 0xb702;
    private static final long NS_GET_OWNER_UID = 0xb704;
    private static final long NSFS_MAGIC = 0x6e73_6673;

    @Override
    public void explore(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known) {
        if (known.containsKey(id)) {
            return;
        }
        long fd = RawCalls.open(RawCalls.AT_FDCWD, place, 0, 0);
        if (fd >= 0 && !id.equals(idOf(fd))) {
            // its pid is another process's by now
            RawCalls.close(fd);
            return;
        }
        take(id, fd, known);
    }

    /** The way to it is whatever the mount namespace's owner made it, so it is only looked up, and opened once it is known to be a namespace. */
    @Override
    public void exploreBound(NamespaceId id, String root, String target, Map<NamespaceId, NamespaceRelations> known) {
        if (known.containsKey(id)) {
            return;
        }
        long directory = RawCalls.open(RawCalls.AT_FDCWD, root, RawCalls.O_PATH, 0);
        if (directory < 0) {
            return;
        }
        long file = RawCalls.open(
                directory, target, RawCalls.O_PATH, RawCalls.RESOLVE_IN_ROOT | RawCalls.RESOLVE_NO_MAGICLINKS);
        RawCalls.close(directory);
        takePlace(id, file, known);
    }

    @Override
    public void exploreOpen(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known) {
        if (!known.containsKey(id)) {
            takePlace(id, RawCalls.open(RawCalls.AT_FDCWD, place, RawCalls.O_PATH, 0), known);
        }
    }

    /** Opens what is only looked up so far, once it is known to be that namespace; takes the place over. */
    private static void takePlace(NamespaceId id, long file, Map<NamespaceId, NamespaceRelations> known) {
        if (file < 0) {
            return;
        }
        if (RawCalls.fileSystem(file) == NSFS_MAGIC && inode(file) == id.inode()) {
            take(id, RawCalls.open(RawCalls.AT_FDCWD, descriptor(file), 0, 0), known);
        }
        RawCalls.close(file);
    }

    /** Takes the descriptor over. */
    private static void take(NamespaceId id, long fd, Map<NamespaceId, NamespaceRelations> known) {
        if (fd < 0) {
            return;
        }
        NamespaceId owner = related(fd, NS_GET_USERNS, known);
        boolean nested = id.type() == NamespaceType.USER || id.type() == NamespaceType.PID;
        NamespaceId parent = nested ? related(fd, NS_GET_PARENT, known) : null;
        long uid = id.type() == NamespaceType.USER ? RawCalls.number(fd, NS_GET_OWNER_UID) : -1;
        RawCalls.close(fd);
        known.put(id, new NamespaceRelations(owner, parent, Math.max(uid, -1)));
    }

    private static @Nullable NamespaceId related(long fd, long request, Map<NamespaceId, NamespaceRelations> known) {
        long related = RawCalls.call(Syscall.IOCTL, fd, request, 0, 0);
        if (related < 0) {
            return null;
        }
        NamespaceId id = idOf(related);
        if (id == null || known.containsKey(id)) {
            RawCalls.close(related);
        } else {
            take(id, related, known);
        }
        return id;
    }

    private static @Nullable NamespaceId idOf(long fd) {
        try {
            return NamespaceId.parse(
                    Files.readSymbolicLink(Path.of(descriptor(fd))).toString());
        } catch (IOException e) {
            return null;
        }
    }

    private static long inode(long fd) {
        try {
            return (Long) Files.getAttribute(Path.of(descriptor(fd)), "unix:ino");
        } catch (IOException e) {
            return -1;
        }
    }

    private static String descriptor(long fd) {
        return "/proc/self/fd/" + fd;
    }
}
