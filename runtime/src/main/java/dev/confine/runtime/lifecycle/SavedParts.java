package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.runtime.cgroup.Visible;
import dev.confine.spec.Device;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where on the host is now what {@link HostParts} has named when a container was saved. A name that the images do not have is passed over by criu. */
final class SavedParts {
    private static final int MOST_LINKS = 40;
    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

    private final Spec spec;
    private final String bundle;
    private final String rootfs;

    SavedParts(Spec spec, String bundle, String rootfs) {
        this.spec = spec;
        this.bundle = bundle;
        this.rootfs = rootfs;
    }

    /** For criu's {@code --external}; the names are places in the container, as its links lead there. */
    List<String> mounts(List<Mount> mounts, List<Visible> cgroups) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String path : spec.linux().maskedPaths()) {
            sources.put(resolve(path), "/dev/null");
        }
        for (String path : DEVICES) {
            sources.put(path, path);
        }
        for (Device device : spec.linux().devices()) {
            sources.put(resolve(device.path()), device.path());
        }
        for (Mount mount : mounts) {
            String place = resolve(mount.destination());
            if (isBind(mount)) {
                sources.put(place, onHost(mount.source()));
            } else if (mount.type().equals("cgroup") || mount.type().equals("cgroup2")) {
                for (Visible visible : cgroups) {
                    String name = visible.name();
                    sources.put(name.isEmpty() ? place : place + "/" + name, visible.directory());
                }
            }
        }
        List<String> parts = new ArrayList<>();
        sources.forEach((place, source) -> parts.add("mnt[" + place + "]:" + source));
        return parts;
    }

    private static boolean isBind(Mount mount) {
        return mount.options().contains("bind")
                || mount.options().contains("rbind")
                || mount.type().equals("bind")
                || mount.type().equals("rbind");
    }

    private String onHost(String path) {
        return path.startsWith("/") ? path : bundle + "/" + path;
    }

    /** Namespaces that criu gets as file descriptors, by the names that they were saved with. */
    Map<String, String> handedOn() {
        Map<String, String> paths = new LinkedHashMap<>();
        for (Namespace namespace : spec.linux().namespaces()) {
            String path = namespace.path();
            if (path != null && !namespace.isNew() && namespace.type() == NamespaceType.NETWORK) {
                paths.put("extRootNetNS", path);
            } else if (path != null && !namespace.isNew() && namespace.type() == NamespaceType.PID) {
                paths.put("extRootPidNS", path);
            }
        }
        return paths;
    }

    /** Namespaces that criu joins by their paths. */
    Map<String, String> joined() {
        Map<String, String> paths = new LinkedHashMap<>();
        for (Namespace namespace : spec.linux().namespaces()) {
            String path = namespace.path();
            if (path == null || namespace.isNew() || handedOn().containsValue(path)) {
                continue;
            }
            if (namespace.type() == NamespaceType.CGROUP) {
                throw new ConfineException(
                        "criu restores nothing into a cgroup namespace that is there already: leave its path out (config.json /linux/namespaces)");
            }
            paths.put(namespace.type() == NamespaceType.MOUNT ? "mnt" : name(namespace.type()), path);
        }
        return paths;
    }

    private static String name(NamespaceType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** Where a path of the container leads to, in the root file system alone. */
    String resolve(String path) {
        Deque<String> rest = new ArrayDeque<>(List.of(path.split("/")));
        Deque<String> found = new ArrayDeque<>();
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                found.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                found.addLast(name);
                Path place = Path.of(rootfs + "/" + String.join("/", found));
                if (Files.isSymbolicLink(place) && links++ < MOST_LINKS) {
                    found.removeLast();
                    follow(place, rest, found);
                }
            }
        }
        return "/" + String.join("/", found);
    }

    private static void follow(Path link, Deque<String> rest, Deque<String> found) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith("/")) {
                found.clear();
            }
            String[] names = target.split("/");
            for (int i = names.length - 1; i >= 0; i--) {
                rest.addFirst(names[i]);
            }
        } catch (IOException e) {
            throw new ConfineException("cannot read the link " + link + ": " + e.getMessage(), e);
        }
    }
}
