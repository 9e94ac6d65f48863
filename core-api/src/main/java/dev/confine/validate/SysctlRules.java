package dev.confine.validate;

import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code linux.sysctl}: only what a namespace of the container's own keeps from the host. */
final class SysctlRules {
    /** ipc_namespaces(7). */
    private static final Set<String> IPC = Set.of(
            "kernel/msgmax",
            "kernel/msgmnb",
            "kernel/msgmni",
            "kernel/sem",
            "kernel/shmall",
            "kernel/shmmax",
            "kernel/shmmni",
            "kernel/shm_rmid_forced");

    private SysctlRules() {}

    static void check(Spec spec, Violations found) {
        for (Map.Entry<String, String> entry : spec.linux().sysctl().entrySet()) {
            String name = entry.getKey();
            String pointer = Pointer.key("/linux/sysctl", name);
            String path = path(name);
            if (path == null) {
                found.add(pointer, "is no name of a sysctl: write it as net.ipv4.ip_forward");
            } else if (path.equals("kernel/hostname")) {
                found.add(pointer, "is what /hostname is for: set that, and remove this");
            } else if (path.equals("kernel/domainname") && !spec.domainname().isEmpty()) {
                found.addIf(
                        !spec.domainname().equals(entry.getValue()),
                        pointer,
                        "is set by /domainname already, to something else: keep one of them");
            } else {
                namespaced(path, spec, pointer, found);
            }
        }
    }

    private static void namespaced(String path, Spec spec, String pointer, Violations found) {
        NamespaceType type = namespace(path);
        if (type == null) {
            found.add(
                    pointer,
                    "is one for the whole host, of which a container must not decide: it can set net.*, fs.mqueue.*, user.* and kernel's"
                            + " msg*, sem, shm* and domainname");
        } else {
            found.needs(
                    type,
                    spec.linux(),
                    pointer,
                    "belongs to the " + type + " namespace, and the container has the host's");
        }
    }

    private static @Nullable NamespaceType namespace(String path) {
        if (path.startsWith("net/")) {
            return NamespaceType.NETWORK;
        }
        if (IPC.contains(path) || path.startsWith("fs/mqueue/")) {
            return NamespaceType.IPC;
        }
        if (path.startsWith("user/")) {
            return NamespaceType.USER;
        }
        return path.equals("kernel/domainname") ? NamespaceType.UTS : null;
    }

    /** Below /proc/sys; null when the name could lead elsewhere. As sysctl(8): when the first separator is a slash, dots are just dots. */
    private static @Nullable String path(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        boolean slashes = slash >= 0 && (dot < 0 || slash < dot);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == '.' || c == '/';
            path.append(!slashes && separator ? (c == '.' ? '/' : '.') : c);
        }
        boolean clean = PathText.clean(path.toString()).equals("/" + path);
        return clean && path.length() > 0 ? path.toString() : null;
    }
}
