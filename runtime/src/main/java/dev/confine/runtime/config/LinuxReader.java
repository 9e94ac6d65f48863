package dev.confine.runtime.config;

import dev.confine.spec.Device;
import dev.confine.spec.IdMapping;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.Linux;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Personality;
import dev.confine.spec.Resources;
import dev.confine.spec.RootfsPropagation;
import dev.confine.spec.Seccomp;
import dev.confine.spec.TimeOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code linux} of config.json. */
final class LinuxReader {
    private LinuxReader() {}

    static Linux linux(Json json) {
        List<Namespace> namespaces = List.of();
        List<IdMapping> uidMappings = List.of();
        List<IdMapping> gidMappings = List.of();
        Map<String, TimeOffset> timeOffsets = Map.of();
        List<Device> devices = List.of();
        Map<String, NetDevice> netDevices = Map.of();
        String cgroupsPath = "";
        Resources resources = Resources.NONE;
        Map<String, String> sysctl = Map.of();
        Seccomp seccomp = null;
        RootfsPropagation rootfsPropagation = null;
        List<String> maskedPaths = List.of();
        List<String> readonlyPaths = List.of();
        String mountLabel = "";
        IntelRdt intelRdt = null;
        MemoryPolicy memoryPolicy = null;
        Personality personality = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "namespaces" -> namespaces = namespaces(json);
                case "uidMappings" -> uidMappings = SpecReader.idMappings(json);
                case "gidMappings" -> gidMappings = SpecReader.idMappings(json);
                case "timeOffsets" -> timeOffsets = timeOffsets(json);
                case "devices" -> devices = devices(json);
                case "netDevices" -> netDevices = netDevices(json);
                case "cgroupsPath" -> cgroupsPath = Value.text(json);
                case "resources" -> resources = ResourcesReader.resources(json);
                case "sysctl" -> sysctl = Value.textMap(json);
                case "seccomp" -> seccomp = SeccompReader.seccomp(json);
                case "rootfsPropagation" -> rootfsPropagation = Value.word(json, RootfsPropagation.values());
                case "maskedPaths" -> maskedPaths = Value.texts(json);
                case "readonlyPaths" -> readonlyPaths = Value.texts(json);
                case "mountLabel" -> mountLabel = Value.text(json);
                case "intelRdt" -> intelRdt = intelRdt(json);
                case "memoryPolicy" -> memoryPolicy = memoryPolicy(json);
                case "personality" -> personality = personality(json);
                default -> json.skip();
            }
        }
        return new Linux(
                namespaces,
                uidMappings,
                gidMappings,
                timeOffsets,
                devices,
                netDevices,
                cgroupsPath,
                resources,
                sysctl,
                seccomp,
                rootfsPropagation,
                maskedPaths,
                readonlyPaths,
                mountLabel,
                intelRdt,
                memoryPolicy,
                personality);
    }

    private static List<Namespace> namespaces(Json json) {
        List<Namespace> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(namespace(json));
            }
        }
        return list;
    }

    private static Namespace namespace(Json json) {
        NamespaceType type = null;
        String path = "";
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "type" -> type = Value.word(json, NamespaceType.values());
                case "path" -> path = Value.text(json);
                default -> json.skip();
            }
        }
        return new Namespace(json.required("type", type, NamespaceType.PID), path);
    }

    private static Map<String, TimeOffset> timeOffsets(Json json) {
        Map<String, TimeOffset> map = new LinkedHashMap<>();
        for (String name = json.first(); name != null; name = json.next()) {
            map.put(Value.key(json, name), timeOffset(json));
        }
        return map;
    }

    private static TimeOffset timeOffset(Json json) {
        long secs = 0;
        long nanosecs = 0;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "secs" -> secs = Value.int64(json);
                case "nanosecs" -> nanosecs = Value.uint32(json);
                default -> json.skip();
            }
        }
        return new TimeOffset(secs, nanosecs);
    }

    private static List<Device> devices(Json json) {
        List<Device> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(device(json));
            }
        }
        return list;
    }

    private static Device device(Json json) {
        String type = null;
        String path = null;
        Long major = null;
        Long minor = null;
        Integer fileMode = null;
        Long uid = null;
        Long gid = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "type" -> type = Value.text(json);
                case "path" -> path = Value.text(json);
                case "major" -> major = Value.int64(json);
                case "minor" -> minor = Value.int64(json);
                case "fileMode" -> fileMode = (int) Value.number(json, 0, Integer.MAX_VALUE);
                case "uid" -> uid = Value.uint32(json);
                case "gid" -> gid = Value.uint32(json);
                default -> json.skip();
            }
        }
        return new Device(
                json.required("type", type, ""), json.required("path", path, ""), major, minor, fileMode, uid, gid);
    }

    private static Map<String, NetDevice> netDevices(Json json) {
        Map<String, NetDevice> map = new LinkedHashMap<>();
        for (String name = json.first(); name != null; name = json.next()) {
            map.put(Value.key(json, name), netDevice(json));
        }
        return map;
    }

    private static NetDevice netDevice(Json json) {
        String inside = "";
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "name" -> inside = Value.text(json);
                default -> json.skip();
            }
        }
        return new NetDevice(inside);
    }

    private static IntelRdt intelRdt(Json json) {
        String closID = "";
        List<String> schemata = List.of();
        String l3CacheSchema = "";
        String memBwSchema = "";
        boolean enableMonitoring = false;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "closID" -> closID = Value.text(json);
                case "schemata" -> schemata = Value.texts(json);
                case "l3CacheSchema" -> l3CacheSchema = Value.text(json);
                case "memBwSchema" -> memBwSchema = Value.text(json);
                case "enableMonitoring" -> enableMonitoring = Value.bool(json);
                default -> json.skip();
            }
        }
        return new IntelRdt(closID, schemata, l3CacheSchema, memBwSchema, enableMonitoring);
    }

    private static MemoryPolicy memoryPolicy(Json json) {
        MemoryPolicy.Mode mode = null;
        String nodes = "";
        List<MemoryPolicy.Flag> flags = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "mode" -> mode = Value.word(json, MemoryPolicy.Mode.values());
                case "nodes" -> nodes = Value.text(json);
                case "flags" -> flags = Value.words(json, MemoryPolicy.Flag.values());
                default -> json.skip();
            }
        }
        return new MemoryPolicy(json.required("mode", mode, MemoryPolicy.Mode.MPOL_DEFAULT), nodes, flags);
    }

    private static Personality personality(Json json) {
        Personality.Domain domain = null;
        List<String> flags = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "domain" -> domain = Value.word(json, Personality.Domain.values());
                case "flags" -> flags = Value.texts(json);
                default -> json.skip();
            }
        }
        return new Personality(json.required("domain", domain, Personality.Domain.LINUX), flags);
    }
}
