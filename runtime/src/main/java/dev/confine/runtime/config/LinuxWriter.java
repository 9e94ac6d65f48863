package dev.confine.runtime.config;

import dev.confine.spec.Device;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.Linux;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Namespace;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Personality;
import dev.confine.spec.TimeOffset;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code linux} of config.json. */
final class LinuxWriter {
    private LinuxWriter() {}

    static void linux(Out out, Linux linux) throws IOException {
        out.open("linux");
        SpecWriter.idMappings(out, "uidMappings", linux.uidMappings());
        SpecWriter.idMappings(out, "gidMappings", linux.gidMappings());
        out.texts("sysctl", linux.sysctl());
        if (!linux.resources().isEmpty()) {
            ResourcesWriter.resources(out, linux.resources());
        }
        out.text("cgroupsPath", linux.cgroupsPath());
        namespaces(out, linux.namespaces());
        timeOffsets(out, linux.timeOffsets());
        devices(out, linux.devices());
        netDevices(out, linux.netDevices());
        if (linux.seccomp() != null) {
            SeccompWriter.seccomp(out, linux.seccomp());
        }
        out.word("rootfsPropagation", linux.rootfsPropagation());
        out.texts("maskedPaths", linux.maskedPaths());
        out.texts("readonlyPaths", linux.readonlyPaths());
        out.text("mountLabel", linux.mountLabel());
        intelRdt(out, linux.intelRdt());
        memoryPolicy(out, linux.memoryPolicy());
        personality(out, linux.personality());
        out.close();
    }

    private static void namespaces(Out out, List<Namespace> namespaces) throws IOException {
        if (namespaces.isEmpty()) {
            return;
        }
        out.openList("namespaces");
        for (Namespace namespace : namespaces) {
            out.open();
            out.word("type", namespace.type());
            out.text("path", namespace.path());
            out.close();
        }
        out.closeList();
    }

    private static void timeOffsets(Out out, Map<String, TimeOffset> offsets) throws IOException {
        if (offsets.isEmpty()) {
            return;
        }
        out.open("timeOffsets");
        for (Map.Entry<String, TimeOffset> offset : offsets.entrySet()) {
            out.open(offset.getKey());
            out.number("secs", offset.getValue().secs());
            out.number("nanosecs", offset.getValue().nanosecs());
            out.close();
        }
        out.close();
    }

    private static void devices(Out out, List<Device> devices) throws IOException {
        if (devices.isEmpty()) {
            return;
        }
        out.openList("devices");
        for (Device device : devices) {
            out.open();
            out.required("type", device.type());
            out.required("path", device.path());
            out.number("major", device.major());
            out.number("minor", device.minor());
            out.number("fileMode", device.fileMode());
            out.number("uid", device.uid());
            out.number("gid", device.gid());
            out.close();
        }
        out.closeList();
    }

    private static void netDevices(Out out, Map<String, NetDevice> devices) throws IOException {
        if (devices.isEmpty()) {
            return;
        }
        out.open("netDevices");
        for (Map.Entry<String, NetDevice> device : devices.entrySet()) {
            out.open(device.getKey());
            out.text("name", device.getValue().name());
            out.close();
        }
        out.close();
    }

    private static void intelRdt(Out out, @Nullable IntelRdt rdt) throws IOException {
        if (rdt != null) {
            out.open("intelRdt");
            out.text("closID", rdt.closID());
            out.texts("schemata", rdt.schemata());
            out.text("l3CacheSchema", rdt.l3CacheSchema());
            out.text("memBwSchema", rdt.memBwSchema());
            out.bool("enableMonitoring", rdt.enableMonitoring());
            out.close();
        }
    }

    private static void memoryPolicy(Out out, @Nullable MemoryPolicy policy) throws IOException {
        if (policy != null) {
            out.open("memoryPolicy");
            out.word("mode", policy.mode());
            out.text("nodes", policy.nodes());
            out.words("flags", policy.flags());
            out.close();
        }
    }

    private static void personality(Out out, @Nullable Personality personality) throws IOException {
        if (personality != null) {
            out.open("personality");
            out.word("domain", personality.domain());
            out.texts("flags", personality.flags());
            out.close();
        }
    }
}
