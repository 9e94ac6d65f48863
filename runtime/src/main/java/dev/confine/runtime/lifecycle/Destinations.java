package dev.confine.runtime.lifecycle;

import dev.confine.spec.Mount;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spi.CreateRequest;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where mounts come to lie whose destination leads through symbolic links of the image. A program makes missing directories of names that are in it, and those at
 * the end of a link are the image's. What is found here is a hint and not trusted: the program resolves it anew, beneath the root. Links beneath another mount,
 * or that the caller may not read, are not looked at.
 */
final class Destinations {
    private final String rootfs;
    private final List<String> mounted = new ArrayList<>();

    private Destinations(String rootfs) {
        this.rootfs = rootfs;
    }

    /** {@code request} with such destinations in place of those that lead to them; nearly always itself. */
    static CreateRequest resolved(CreateRequest request) {
        Spec spec = request.spec();
        Root root = Objects.requireNonNull(spec.root(), "checked before");
        File rootfs = new File(root.path().startsWith("/") ? root.path() : request.bundle() + "/" + root.path());
        List<Mount> mounts = spec.mounts();
        try {
            mounts = new Destinations(root(rootfs)).all(mounts);
        } catch (IOException unreadable) {
            // the program says what is wrong
        }
        return mounts == spec.mounts() ? request : request.with(spec.withMounts(mounts));
    }

    private List<Mount> all(List<Mount> mounts) throws IOException {
        List<Mount> changed = mounts;
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            String destination = mayLink(mount) ? through(mount.destination()) : mount.destination();
            if (!destination.equals(mount.destination())) {
                changed = changed == mounts ? new ArrayList<>(mounts) : changed;
                changed.set(i, at(mount, destination));
            }
            mounted.add(destination.endsWith("/") ? destination : destination + "/");
        }
        return changed;
    }

    private static Mount at(Mount mount, String destination) {
        return new Mount(
                destination, mount.type(), mount.source(), mount.options(), mount.uidMappings(), mount.gidMappings());
    }

    /** What programs rely on to be the kernel's own is never mounted where a link leads. */
    private static boolean mayLink(Mount mount) {
        return switch (mount.type()) {
            case "proc", "sysfs", "cgroup", "cgroup2" -> false;
            default -> mount.destination().startsWith("/");
        };
    }

    private String through(String destination) throws IOException {
        File place = new File(rootfs + destination);
        if (isCovered(mounted, destination) || (isItself(place) && (place.exists() || !hasDanglingLink(place)))) {
            return destination;
        }
        return new LinkWalk(rootfs, mounted).to(destination);
    }

    private static boolean isItself(File file) throws IOException {
        return file.getCanonicalPath().equals(file.getPath());
    }

    /** Whether the first component that leads to nothing is an entry all the same: a link. Asked without NIO, which would be loaded for this alone. */
    private static boolean hasDanglingLink(File missing) {
        File entry = missing;
        File parent = entry.getParentFile();
        while (parent != null && !parent.exists()) {
            entry = parent;
            parent = entry.getParentFile();
        }
        String[] names = parent == null ? null : parent.list();
        if (names != null) {
            for (String name : names) {
                if (name.equals(entry.getName())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether one of the mounts, whose places end in a slash, is there or above it, so that it is not the image's. */
    static boolean isCovered(List<String> mounts, String path) {
        for (String place : mounts) {
            if (path.startsWith(place) || (place.length() == path.length() + 1 && place.startsWith(path))) {
                return true;
            }
        }
        return false;
    }

    /** Nothing for {@code /}, so that a path in it is appended. */
    private static String root(File rootfs) throws IOException {
        String path = rootfs.getCanonicalPath();
        return path.equals("/") ? "" : path;
    }
}
