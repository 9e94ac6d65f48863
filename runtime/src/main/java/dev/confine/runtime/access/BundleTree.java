package dev.confine.runtime.access;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.Errno;
import dev.confine.runtime.host.CallFailure;
import dev.confine.runtime.host.FileStatus;
import dev.confine.runtime.host.HostFiles;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a container of a bundle would see: its root file system with the binds of its configuration over it. What other mounts would hold is made when
 * it runs, so it is not known here.
 */
public final class BundleTree implements Tree, AutoCloseable {
    private final HostFiles files;
    private final Reach reach;
    private final Viewer viewer;
    private final MountTable host;
    private final Spec spec;
    private final String bundle;
    private final List<Integer> open = new ArrayList<>();
    private final Node root;

    /**
     * @param reach opens what whoever looks may not search
     * @param bundle absolute path of it
     * @param idmapRootfs the root file system is shown through the container's map
     */
    public BundleTree(HostFiles files, Reach reach, String bundle, Spec spec, boolean idmapRootfs) throws IOException {
        this.files = files;
        this.reach = reach;
        this.viewer = new Viewer(files);
        this.host = MountTable.parse(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8));
        this.spec = spec;
        this.bundle = bundle;
        Root configured = spec.root();
        String rootfs = onHost(configured == null ? "rootfs" : configured.path());
        boolean readOnly = configured != null && configured.readonly();
        List<IdMapping> users = idmapRootfs ? spec.linux().uidMappings() : List.of();
        List<IdMapping> groups = idmapRootfs ? spec.linux().gidMappings() : List.of();
        this.root = bound("/", rootfs, new Mount("/", "bind", rootfs, List.of(readOnly ? "ro" : "rw"), users, groups));
    }

    private String onHost(String path) {
        return path.startsWith("/") ? path : bundle + "/" + path;
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public @Nullable Node child(Node directory, String name) {
        String path = (directory.path().equals("/") ? "" : directory.path()) + "/" + name;
        Mount covering = mountAt(path);
        if (covering != null) {
            if (!isBind(covering)) {
                throw new Unseen(
                        path, "the " + covering.type() + " that is mounted there is made when the container runs");
            }
            return bound(path, onHost(covering.source()), covering);
        }
        int fd = files.tryOpen(directory.handle(), name, HostFiles.PLACE);
        if (fd == -Errno.EACCES.number()) {
            fd = reached(directory, path);
        }
        if (fd == -Errno.ENOENT.number()) {
            return null;
        }
        if (fd < 0) {
            throw new Unseen(path, Errno.describe(-fd) + ": ask as root");
        }
        open.add(fd);
        return node(path, directory.where() + "/" + name, fd, directory.mount());
    }

    /** A mount shows its source from its top on. */
    private int reached(Node directory, String path) {
        String point = directory.mount().point();
        String within = directory.path().substring(point.equals("/") ? 0 : point.length());
        String where = directory.where();
        String source = where.substring(0, where.length() - (within.equals("/") ? 0 : within.length()));
        return reach.open(source, path.substring(point.equals("/") ? 1 : point.length() + 1));
    }

    /** The last one at this place, which covers those before it. */
    private @Nullable Mount mountAt(String path) {
        Mount found = null;
        for (Mount mount : spec.mounts()) {
            if (place(mount).equals(path)) {
                found = mount;
            }
        }
        return found;
    }

    private static boolean isBind(Mount mount) {
        return mount.type().equals("bind")
                || mount.options().contains("bind")
                || mount.options().contains("rbind");
    }

    private Node bound(String path, String source, Mount mount) {
        int fd;
        try {
            fd = files.place(source);
        } catch (CallFailure e) {
            throw new Unseen(path, "its source " + e.getMessage());
        }
        open.add(fd);
        MountFacts of = host.of(files.status(fd).mount());
        List<String> options = mount.options();
        boolean idmapped = isIdmapped(mount);
        MountFacts facts = new MountFacts(
                path,
                of.type(),
                (of.readOnly() || options.contains("ro")) && !options.contains("rw"),
                of.sealed(),
                of.noExec() || options.contains("noexec"),
                of.noDev() || options.contains("nodev"),
                of.noSymfollow() || options.contains("nosymfollow"),
                idmapped,
                idmapped ? maps(spec, mount) : null,
                idmapped);
        return node(path, source, fd, facts);
    }

    private static @Nullable IdMaps maps(Spec spec, Mount mount) {
        if (!mount.uidMappings().isEmpty()) {
            return new IdMaps(map(mount.uidMappings()), map(mount.gidMappings()));
        }
        return configured(spec.linux());
    }

    /** The id maps that a configuration gives to mounts, by where they are mounted; a root file system that is idmapped has the container's. */
    public static Map<String, IdMaps> idmapped(Spec spec) {
        Map<String, IdMaps> known = new HashMap<>();
        IdMaps own = configured(spec.linux());
        if (own != null) {
            known.put("/", own);
        }
        for (Mount mount : spec.mounts()) {
            IdMaps maps = isIdmapped(mount) ? maps(spec, mount) : null;
            if (maps != null) {
                known.put(place(mount), maps);
            }
        }
        return known;
    }

    private static boolean isIdmapped(Mount mount) {
        List<String> options = mount.options();
        return !mount.uidMappings().isEmpty() || options.contains("idmap") || options.contains("ridmap");
    }

    private static String place(Mount mount) {
        return Path.of("/").resolve(mount.destination()).normalize().toString();
    }

    /** The maps of the user namespace that a configuration asks for, or null where it asks for none. */
    public static @Nullable IdMaps configured(Linux linux) {
        return linux.uidMappings().isEmpty() || linux.gidMappings().isEmpty()
                ? null
                : new IdMaps(map(linux.uidMappings()), map(linux.gidMappings()));
    }

    private static IdMap map(List<IdMapping> mappings) {
        List<Extent> extents = new ArrayList<>();
        for (IdMapping mapping : mappings) {
            extents.add(new Extent(mapping.containerID(), mapping.hostID(), mapping.size()));
        }
        return new IdMap(extents);
    }

    private Node node(String path, String where, int fd, MountFacts facts) {
        FileStatus status = files.status(fd);
        Inode disk = viewer.inode(fd, status, facts.unmapped());
        IdMaps maps = facts.maps();
        Inode seen = maps == null ? disk : disk.through(maps);
        return new Node(path, seen, facts, where, fd);
    }

    @Override
    public String target(Node link) {
        return files.target(link.handle());
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
