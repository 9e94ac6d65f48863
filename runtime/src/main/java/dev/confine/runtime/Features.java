package dev.confine.runtime;

import dev.confine.runtime.compile.Annotations;
import dev.confine.runtime.compile.MountOptions;
import dev.confine.spec.Capability;
import dev.confine.spec.IdMapping;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Pids;
import dev.confine.spec.Rdma;
import dev.confine.spec.Resources;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What this build can do, {@code features.md}: whatever the host has. Nothing is listed here by hand that the code knows: words come out of the tables that
 * containers are compiled with, and whether a property is applied is asked of what refuses it.
 */
public final class Features {
    /** The oldest and the newest version of the specification that a configuration may name. */
    public static final String OLDEST = "1.0.0";

    public static final String NEWEST = "1.3.0";

    private static final String[] HOOKS = {
        "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"
    };

    private static final Seccomp ALLOW =
            new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "", "", List.of());

    private Features() {}

    public static List<String> hooks() {
        List<String> hooks = new ArrayList<>();
        for (String name : HOOKS) {
            if (Probe.applies(Probe.hook(name))) {
                hooks.add(name);
            }
        }
        return hooks;
    }

    /** Words that are not handed to the file system, sorted. */
    public static List<String> mountOptions() {
        List<String> options = new ArrayList<>();
        for (String word : MountOptions.words()) {
            if (Probe.applies(Probe.mount(new Mount("/x", "tmpfs", "x", List.of(word))))) {
                options.add(word);
            }
        }
        return options;
    }

    /** Annotations that make a container another one, and may come from whoever names an image; one with a dot at its end stands for all that begin so. */
    public static List<String> unsafeAnnotations() {
        return List.of(
                Annotations.HOOK_STDERR, Annotations.HOOK_STDOUT, Annotations.KEEP_GROUPS, "org.systemd.property.");
    }

    public static List<String> namespaces() {
        List<String> names = new ArrayList<>();
        for (NamespaceType type : NamespaceType.values()) {
            if (Probe.applies(Probe.namespace(type))) {
                names.add(type.toString());
            }
        }
        return names;
    }

    public static List<String> capabilities() {
        return names(Capability.values());
    }

    /** Whether systemd can be the manager of cgroups, the system's and a user's. */
    public static boolean systemd() {
        return cgroups();
    }

    /** Whether limits of cgroups are applied, and cgroups made at all. */
    public static boolean cgroups() {
        Resources pids = Resources.NONE;
        return Probe.applies(Probe.resources(new Resources(
                List.of(),
                pids.memory(),
                pids.cpu(),
                pids.blockIO(),
                List.of(),
                pids.network(),
                new Pids(1),
                Map.of(),
                Map.of())));
    }

    public static boolean rdma() {
        Resources none = Resources.NONE;
        return Probe.applies(Probe.resources(new Resources(
                List.of(),
                none.memory(),
                none.cpu(),
                none.blockIO(),
                List.of(),
                none.network(),
                null,
                Map.of("mlx5_0", new Rdma(1L, 1L)),
                Map.of())));
    }

    public static boolean seccomp() {
        return Probe.applies(Probe.seccomp(ALLOW));
    }

    /** Those of rules, with a listener where one is needed. */
    public static List<String> seccompActions() {
        List<String> actions = new ArrayList<>();
        for (Seccomp.Action action : Seccomp.Action.values()) {
            Syscall rule = new Syscall(List.of("getpid"), action, null, List.of());
            String listener = action == Seccomp.Action.SCMP_ACT_NOTIFY ? "/listener" : "";
            if (Probe.applies(Probe.seccomp(new Seccomp(
                    Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), listener, "", List.of(rule))))) {
                actions.add(action.name());
            }
        }
        return actions;
    }

    public static List<String> seccompOperators() {
        return names(SyscallArg.Operator.values());
    }

    public static List<String> seccompArchitectures() {
        return names(Seccomp.Arch.values());
    }

    /** Those that the specification knows. */
    public static List<String> seccompFlags() {
        return names(Seccomp.Flag.values());
    }

    /** Those that are applied. */
    public static List<String> seccompFlagsApplied() {
        List<String> flags = new ArrayList<>();
        for (Seccomp.Flag flag : Seccomp.Flag.values()) {
            if (Probe.applies(Probe.seccomp(
                    new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(flag), "", "", List.of())))) {
                flags.add(flag.name());
            }
        }
        return flags;
    }

    public static boolean apparmor() {
        return Probe.applies(Probe.labels("profile", "", ""));
    }

    /** Of the process and of mounts. */
    public static boolean selinux() {
        return Probe.applies(Probe.labels("", "label", "")) && Probe.applies(Probe.labels("", "", "label"));
    }

    public static boolean intelRdt() {
        return Probe.applies(Probe.intelRdt(new IntelRdt("", List.of(), "L3:0=f", "", false)));
    }

    public static boolean intelRdtSchemata() {
        return Probe.applies(Probe.intelRdt(new IntelRdt("", List.of("L3:0=f"), "", "", false)));
    }

    public static boolean intelRdtMonitoring() {
        return Probe.applies(Probe.intelRdt(new IntelRdt("", List.of(), "", "", true)));
    }

    /** The modes that are applied. */
    public static List<String> memoryPolicyModes() {
        List<String> modes = new ArrayList<>();
        for (MemoryPolicy.Mode mode : MemoryPolicy.Mode.values()) {
            if (Probe.applies(Probe.memoryPolicy(new MemoryPolicy(mode, "0", List.of())))) {
                modes.add(mode.name());
            }
        }
        return modes;
    }

    /** The flags that are applied. */
    public static List<String> memoryPolicyFlags() {
        List<String> flags = new ArrayList<>();
        for (MemoryPolicy.Flag flag : MemoryPolicy.Flag.values()) {
            MemoryPolicy policy = new MemoryPolicy(MemoryPolicy.Mode.MPOL_BIND, "0", List.of(flag));
            if (Probe.applies(Probe.memoryPolicy(policy))) {
                flags.add(flag.name());
            }
        }
        return flags;
    }

    /** Whether mounts have id maps of their own. */
    public static boolean idmappedMounts() {
        List<IdMapping> mappings = List.of(new IdMapping(0, 0, 1));
        return Probe.applies(Probe.mount(new Mount("/x", "bind", "/x", List.of("bind"), mappings, mappings)));
    }

    public static boolean netDevices() {
        return Probe.applies(Probe.netDevice());
    }

    private static List<String> names(Enum<?>[] constants) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : constants) {
            names.add(constant.name());
        }
        return names;
    }
}
