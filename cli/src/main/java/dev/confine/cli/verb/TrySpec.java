package dev.confine.cli.verb;

import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.Hooks;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import dev.confine.spi.Caller;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The container of {@code try}: the host's own directories of programs, read-only, over an empty tmpfs; its own processes, mounts, host name and IPC; the
 * host's network. It has no user namespace yet.
 */
final class TrySpec {
    private static final String[] PROGRAMS = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc"};

    /** What a container's root needs for files and ids of its own, as other engines grant by default. */
    private static final List<String> CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_NET_BIND_SERVICE",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");

    private static final List<String> MASKED =
            List.of("/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/scsi", "/sys/firmware");

    private static final List<String> READONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private TrySpec() {}

    static Spec of(String root, List<String> words, Caller caller) {
        return new Spec(
                "1.3.0",
                new Root(root, false),
                mounts(),
                process(words.isEmpty() ? List.of(shell(caller)) : words, caller),
                "try",
                "",
                Hooks.NONE,
                Map.of(),
                linux());
    }

    private static List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount("/", "tmpfs", "tmpfs", List.of("nosuid", "nodev", "mode=755")));
        for (String directory : PROGRAMS) {
            String real = real(directory);
            if (new File(real).isDirectory()) {
                mounts.add(new Mount(directory, "bind", real, List.of("rbind", "rro")));
            }
        }
        mounts.add(new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
        mounts.add(new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")));
        mounts.add(new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")));
        mounts.add(new Mount(
                "/dev/pts",
                "devpts",
                "devpts",
                List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620")));
        mounts.add(tmpfs("/dev/shm", "mode=1777", "noexec"));
        mounts.add(tmpfs("/tmp", "mode=1777", "exec"));
        mounts.add(tmpfs("/run", "mode=755", "exec"));
        mounts.add(tmpfs("/root", "mode=700", "exec"));
        return mounts;
    }

    private static Mount tmpfs(String destination, String mode, String exec) {
        return new Mount(destination, "tmpfs", "tmpfs", List.of("nosuid", "nodev", exec, mode));
    }

    /** Where /bin is a link to /usr/bin, the directory behind it is what is mounted. */
    private static String real(String directory) {
        try {
            return new File(directory).getCanonicalPath();
        } catch (IOException unresolvable) {
            return directory;
        }
    }

    /** The caller's shell when it is among what the container has. */
    private static String shell(Caller caller) {
        String shell = caller.environment().getOrDefault("SHELL", "");
        for (String directory : PROGRAMS) {
            if (shell.startsWith(directory + "/") && new File(shell).canExecute()) {
                return shell;
            }
        }
        return "/bin/sh";
    }

    private static Process process(List<String> args, Caller caller) {
        return new Process(
                // as with ssh: output that goes elsewhere is to arrive as it is
                (caller.terminals() & 3) == 3,
                null,
                User.ROOT,
                args,
                List.of(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/root",
                        "USER=root",
                        "TERM=" + caller.environment().getOrDefault("TERM", "dumb")),
                "/",
                new Capabilities(CAPABILITIES, CAPABILITIES, List.of(), CAPABILITIES, List.of()),
                List.of(),
                true,
                null,
                "",
                "",
                null,
                null,
                ExecCPUAffinity.NONE);
    }

    private static Linux linux() {
        return Linux.NONE
                .withNamespaces(List.of(
                        new Namespace(NamespaceType.PID),
                        new Namespace(NamespaceType.MOUNT),
                        new Namespace(NamespaceType.IPC),
                        new Namespace(NamespaceType.UTS)))
                .withHiddenPaths(MASKED, READONLY);
    }
}
