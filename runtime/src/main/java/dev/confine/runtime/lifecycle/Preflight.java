package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only shows when a valid configuration meets a caller and a host, found before anything is started; all of it at once.
 */
final class Preflight {
    private static final long CAP_SYS_ADMIN = 1L << 21;

    private final Caller caller;
    private final CreateRequest request;
    private final Spec spec;
    private final @Nullable IdMaps maps;
    private final boolean detaches;
    private final SecurityModules modules;
    private final List<String> problems = new ArrayList<>();

    /** @param detaches whether nothing of confine stays with the container */
    Preflight(Caller caller, CreateRequest request, @Nullable IdMaps maps, boolean detaches) {
        this(caller, request, maps, detaches, new SecurityModules(""));
    }

    /** On a host with these security modules. */
    Preflight(Caller caller, CreateRequest request, @Nullable IdMaps maps, boolean detaches, SecurityModules modules) {
        this.caller = caller;
        this.request = request;
        this.spec = request.spec();
        this.maps = maps;
        this.detaches = detaches;
        this.modules = modules;
    }

    /** Throws with every problem, one a line. */
    void check() {
        namespaces();
        root();
        user();
        terminal();
        mounts();
        seccomp();
        problems.addAll(modules.problems(spec));
        if (!problems.isEmpty()) {
            throw new ConfineException(String.join("\n", problems));
        }
    }

    /** Throws with every problem of the mounts alone. */
    void checkMounts() {
        mounts();
        if (!problems.isEmpty()) {
            throw new ConfineException(String.join("\n", problems));
        }
    }

    private void namespaces() {
        if (!caller.isRoot() && spec.linux().namespace(NamespaceType.USER) == null) {
            problems.add("uid " + caller.uid()
                    + " needs a user namespace to run a container: use --map auto, write the file with `confine spec --rootless`, or run as root"
                    + " (config.json /linux/namespaces)");
        }
        if (!caller.isRoot() && !spec.linux().netDevices().isEmpty()) {
            problems.add("network devices of the host are not moved for uid " + caller.uid()
                    + ": run as root (config.json /linux/netDevices)");
        }
    }

    private void root() {
        Root root = spec.root();
        if (root == null) {
            problems.add("there is no root file system: add \"root\": {\"path\": \"rootfs\"} (config.json /root)");
            return;
        }
        String path = root.path().startsWith("/") ? root.path() : request.bundle() + "/" + root.path();
        File file = new File(path);
        if (!file.exists()) {
            problems.add("the root file system " + path
                    + " does not exist, or a directory on the way to it is closed to uid " + caller.uid()
                    + " (config.json /root/path)");
        } else if (!file.isDirectory()) {
            problems.add("the root file system " + path + " is no directory (config.json /root/path)");
        }
    }

    private void user() {
        Process process = spec.process();
        if (process == null) {
            problems.add(
                    "there is no program to run: add \"process\" with \"args\" and \"cwd\" (config.json /process)");
            return;
        }
        if (process.args().isEmpty()) {
            problems.add("there is no program to run: \"args\" is empty (config.json /process/args)");
        }
        if (maps == null) {
            return;
        }
        User user = process.userOrRoot();
        mapped("uid", user.uid(), maps.uids(), "/process/user/uid");
        mapped("gid", user.gid(), maps.gids(), "/process/user/gid");
        for (int i = 0; i < user.additionalGids().size(); i++) {
            mapped("gid", user.additionalGids().get(i), maps.gids(), "/process/user/additionalGids/" + i);
        }
    }

    private void terminal() {
        Process process = spec.process();
        boolean terminal = process != null && process.terminal();
        String problem = TerminalPlace.problem(terminal, detaches, request.consoleSocket());
        if (problem != null) {
            problems.add(problem);
        }
    }

    private void mapped(String kind, long id, IdMap map, String pointer) {
        if (map.toOutside(id).isEmpty()) {
            StringBuilder lines = new StringBuilder();
            for (Extent extent : map.extents()) {
                long last = extent.inside() + extent.size() - 1;
                lines.append(lines.length() == 0 ? "" : ", ").append(extent.inside());
                lines.append(last == extent.inside() ? "" : " to " + last);
            }
            problems.add(kind + " " + id + " is not mapped in the container's user namespace, which has " + lines
                    + ": add a mapping for it, or choose one of these" + " (config.json " + pointer + ")");
        }
    }

    private void seccomp() {
        Process process = spec.process();
        if (process == null || process.noNewPrivileges() || spec.linux().seccomp() == null) {
            return;
        }
        if (spec.linux().namespace(NamespaceType.USER) == null && (caller.capabilities() & CAP_SYS_ADMIN) == 0) {
            problems.add(
                    "a seccomp filter without noNewPrivileges takes CAP_SYS_ADMIN, and uid " + caller.uid()
                            + " does not have it: set /process/noNewPrivileges, or use a user namespace (config.json /linux/seccomp)");
        }
    }

    private void mounts() {
        boolean users = spec.linux().namespace(NamespaceType.USER) != null;
        if (request.idmapRootfs()) {
            idmap("the root file system", "--idmap-rootfs", users);
        }
        for (int i = 0; i < spec.mounts().size(); i++) {
            Mount mount = spec.mounts().get(i);
            boolean option =
                    mount.options().contains("idmap") || mount.options().contains("ridmap");
            boolean own = !mount.uidMappings().isEmpty();
            if (option || own) {
                idmap("the mount on " + mount.destination(), "config.json /mounts/" + i, users || own);
            }
        }
    }

    private void idmap(String what, String where, boolean mapped) {
        if (!caller.isRoot()) {
            problems.add(what + " cannot be idmapped by uid " + caller.uid()
                    + ": the kernel lets only root of the file system's own user namespace do that (" + where + ")");
        } else if (!mapped) {
            problems.add(
                    what + " cannot be idmapped: there is no user namespace whose map it could have (" + where + ")");
        }
    }
}
