package dev.confine.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only Linux has, {@code config-linux.md}.
 *
 * @param namespaces the container's own, new or by path; what is not here is shared with the caller
 * @param uidMappings of the user namespace
 * @param gidMappings of the user namespace
 * @param timeOffsets of the time namespace, by clock: {@code boottime}, {@code monotonic}
 * @param devices beyond the default ones
 * @param netDevices host interfaces to move in, by their name on the host
 * @param cgroupsPath empty for the runtime's choice
 * @param resources limits
 * @param sysctl value by name, {@code net.ipv4.ip_forward}
 * @param seccomp filter of system calls, or null
 * @param rootfsPropagation of the root mount, or null for the default
 * @param maskedPaths made unreadable in the container, absolute
 * @param readonlyPaths made read-only in the container, absolute
 * @param mountLabel SELinux context of mounts, empty for none
 * @param intelRdt resctrl group, or null; an empty object is not nothing
 * @param memoryPolicy set_mempolicy(2), or null
 * @param personality personality(2), or null
 */
public record Linux(
        List<Namespace> namespaces,
        List<IdMapping> uidMappings,
        List<IdMapping> gidMappings,
        Map<String, TimeOffset> timeOffsets,
        List<Device> devices,
        Map<String, NetDevice> netDevices,
        String cgroupsPath,
        Resources resources,
        Map<String, String> sysctl,
        @Nullable Seccomp seccomp,
        @Nullable RootfsPropagation rootfsPropagation,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        String mountLabel,
        @Nullable IntelRdt intelRdt,
        @Nullable MemoryPolicy memoryPolicy,
        @Nullable Personality personality) {
    public static final Linux NONE = new Linux(
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of(),
            "",
            Resources.NONE,
            Map.of(),
            null,
            null,
            List.of(),
            List.of(),
            "",
            null,
            null,
            null);

    public Linux {
        namespaces = List.copyOf(namespaces);
        uidMappings = List.copyOf(uidMappings);
        gidMappings = List.copyOf(gidMappings);
        timeOffsets = Ordered.copy(timeOffsets);
        devices = List.copyOf(devices);
        netDevices = Ordered.copy(netDevices);
        sysctl = Ordered.copy(sysctl);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }

    /** The first namespace of that type, or null when the container shares the caller's. */
    public @Nullable Namespace namespace(NamespaceType type) {
        for (Namespace namespace : namespaces) {
            if (namespace.type() == type) {
                return namespace;
            }
        }
        return null;
    }

    public Linux withNamespaces(List<Namespace> changed) {
        return with(changed, uidMappings, gidMappings, resources, maskedPaths, readonlyPaths);
    }

    /** With these maps, and with a new user namespace when there is none. */
    public Linux withUserNamespace(List<IdMapping> uids, List<IdMapping> gids) {
        if (namespace(NamespaceType.USER) != null) {
            return withMappings(uids, gids);
        }
        List<Namespace> more = new ArrayList<>(namespaces);
        more.add(new Namespace(NamespaceType.USER));
        return withNamespaces(more).withMappings(uids, gids);
    }

    public Linux withMappings(List<IdMapping> uids, List<IdMapping> gids) {
        return with(namespaces, uids, gids, resources, maskedPaths, readonlyPaths);
    }

    public Linux withResources(Resources changed) {
        return with(namespaces, uidMappings, gidMappings, changed, maskedPaths, readonlyPaths);
    }

    public Linux withHiddenPaths(List<String> masked, List<String> readonly) {
        return with(namespaces, uidMappings, gidMappings, resources, masked, readonly);
    }

    private Linux with(
            List<Namespace> namespaces,
            List<IdMapping> uids,
            List<IdMapping> gids,
            Resources resources,
            List<String> masked,
            List<String> readonly) {
        return new Linux(
                namespaces,
                uids,
                gids,
                timeOffsets,
                devices,
                netDevices,
                cgroupsPath,
                resources,
                sysctl,
                seccomp,
                rootfsPropagation,
                masked,
                readonly,
                mountLabel,
                intelRdt,
                memoryPolicy,
                personality);
    }
}
