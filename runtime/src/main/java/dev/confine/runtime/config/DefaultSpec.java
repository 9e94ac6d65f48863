package dev.confine.runtime.config;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.Hooks;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code confine spec} writes: a shell in a read-only root file system {@code rootfs}, with the mounts, masked paths and limits that people know
 * from {@code runc spec}. It has nothing that this version does not apply.
 */
public final class DefaultSpec {
    private static final String VERSION = "1.3.0";
    /** The group tty of Debian, Fedora and others, to which terminals belong. */
    private static final int TTY = 5;

    private static final List<String> CAPABILITIES = List.of("CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE");
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/sys/firmware",
            "/proc/scsi");
    private static final List<String> READONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private DefaultSpec() {}

    /** For root: no user namespace, so root inside is root outside, with three capabilities. */
    public static Spec rootful() {
        Linux linux = Linux.NONE.withNamespaces(List.of(
                new Namespace(NamespaceType.PID),
                new Namespace(NamespaceType.NETWORK),
                new Namespace(NamespaceType.IPC),
                new Namespace(NamespaceType.UTS),
                new Namespace(NamespaceType.MOUNT)));
        return spec(mounts(true), linux);
    }

    /** For an ordinary user: in a user namespace with these maps, and with the network of the host, because nothing would connect its own. */
    public static Spec rootless(IdMaps maps) {
        Linux linux = Linux.NONE
                .withNamespaces(List.of(
                        new Namespace(NamespaceType.PID),
                        new Namespace(NamespaceType.IPC),
                        new Namespace(NamespaceType.UTS),
                        new Namespace(NamespaceType.MOUNT)))
                .withUserNamespace(mappings(maps.uids()), mappings(maps.gids()));
        return spec(mounts(maps.gids().contains(TTY)), linux);
    }

    private static Spec spec(List<Mount> mounts, Linux linux) {
        Root root = new Root("rootfs", true);
        Linux hidden = linux.withHiddenPaths(MASKED, READONLY);
        return new Spec(VERSION, root, mounts, process(), "confine", "", Hooks.NONE, Map.of(), hidden);
    }

    private static Process process() {
        return new Process(
                false,
                null,
                User.ROOT,
                List.of("sh"),
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"),
                "/",
                new Capabilities(CAPABILITIES, CAPABILITIES, List.of(), CAPABILITIES, List.of()),
                List.of(new Rlimit(Rlimit.Type.RLIMIT_NOFILE, 1024, 1024)),
                true,
                null,
                "",
                "",
                null,
                null,
                ExecCPUAffinity.NONE);
    }

    private static List<Mount> mounts(boolean ttyGroup) {
        List<String> pts = new ArrayList<>(List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"));
        if (ttyGroup) {
            pts.add("gid=" + TTY);
        }
        return List.of(
                new Mount("/proc", "proc", "proc", List.of()),
                new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                new Mount("/dev/pts", "devpts", "devpts", pts),
                new Mount("/dev/shm", "tmpfs", "shm", List.of("nosuid", "noexec", "nodev", "mode=1777", "size=65536k")),
                new Mount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
                new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")));
    }

    /** The lines of a map as config.json has them. */
    public static List<IdMapping> mappings(IdMap map) {
        List<IdMapping> lines = new ArrayList<>();
        for (Extent extent : map.extents()) {
            lines.add(new IdMapping(extent.inside(), extent.outside(), extent.size()));
        }
        return lines;
    }
}
