package dev.confine.runtime;

import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.Linux;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Process;
import dev.confine.spec.Resources;
import dev.confine.spec.Root;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.validate.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A specification with one property beyond the least there can be, to find out whether this build applies it: {@link Unsupported} is asked, as it is for a
 * container. Whether the specification is valid does not matter, nor what the host has.
 */
final class Probe {
    private static final List<Hook> HOOK = List.of(new Hook("/hook", List.of(), List.of(), null));
    private static final List<Hook> NONE = List.of();

    private Probe() {}

    /** Whether a container would have what {@code spec} asks for. */
    static boolean applies(Spec spec) {
        return Unsupported.find(spec).isEmpty();
    }

    static Spec least() {
        return linux(List.of(), Resources.NONE, Map.of(), null, "", null, null);
    }

    static Spec hook(String name) {
        return new Spec(
                "1.0.0",
                new Root("rootfs", false),
                List.of(),
                null,
                "",
                "",
                new Hooks(
                        hook(name, "prestart"),
                        hook(name, "createRuntime"),
                        hook(name, "createContainer"),
                        hook(name, "startContainer"),
                        hook(name, "poststart"),
                        hook(name, "poststop")),
                Map.of(),
                least().linux());
    }

    private static List<Hook> hook(String wanted, String name) {
        return wanted.equals(name) ? HOOK : NONE;
    }

    static Spec mount(Mount mount) {
        return least().withMounts(List.of(mount));
    }

    static Spec namespace(NamespaceType type) {
        return linux(List.of(new Namespace(type)), Resources.NONE, Map.of(), null, "", null, null);
    }

    static Spec labels(String apparmorProfile, String selinuxLabel, String mountLabel) {
        Process process = new Process(
                false,
                null,
                null,
                List.of(),
                List.of(),
                "/",
                Capabilities.NONE,
                List.of(),
                false,
                null,
                apparmorProfile,
                selinuxLabel,
                null,
                null,
                ExecCPUAffinity.NONE);
        return linux(List.of(), Resources.NONE, Map.of(), null, mountLabel, null, null)
                .withProcess(process);
    }

    static Spec resources(Resources resources) {
        return linux(List.of(), resources, Map.of(), null, "", null, null);
    }

    static Spec netDevice() {
        return linux(List.of(), Resources.NONE, Map.of("eth0", new NetDevice("")), null, "", null, null);
    }

    static Spec seccomp(Seccomp seccomp) {
        return linux(List.of(), Resources.NONE, Map.of(), seccomp, "", null, null);
    }

    static Spec intelRdt(IntelRdt group) {
        return linux(List.of(), Resources.NONE, Map.of(), null, "", group, null);
    }

    static Spec memoryPolicy(MemoryPolicy policy) {
        return linux(List.of(), Resources.NONE, Map.of(), null, "", null, policy);
    }

    private static Spec linux(
            List<Namespace> namespaces,
            Resources resources,
            Map<String, NetDevice> netDevices,
            @Nullable Seccomp seccomp,
            String mountLabel,
            @Nullable IntelRdt intelRdt,
            @Nullable MemoryPolicy memoryPolicy) {
        Linux linux = new Linux(
                namespaces,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                netDevices,
                "",
                resources,
                Map.of(),
                seccomp,
                null,
                List.of(),
                List.of(),
                mountLabel,
                intelRdt,
                memoryPolicy,
                null);
        return new Spec("1.0.0", new Root("rootfs", false), List.of(), null, "", "", Hooks.NONE, Map.of(), with(linux));
    }

    /** A user namespace needs a mount namespace beside it. */
    private static Linux with(Linux linux) {
        if (linux.namespace(NamespaceType.MOUNT) != null) {
            return linux;
        }
        List<Namespace> namespaces = new ArrayList<>(linux.namespaces());
        namespaces.add(new Namespace(NamespaceType.MOUNT));
        return linux.withNamespaces(namespaces);
    }
}
