package dev.confine.runtime.config;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.DeviceCgroup;
import dev.confine.spec.HugepageLimit;
import dev.confine.spec.InterfacePriority;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Pids;
import dev.confine.spec.Rdma;
import dev.confine.spec.Resources;
import dev.confine.spec.ThrottleDevice;
import dev.confine.spec.WeightDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code linux.resources} of config.json. */
final class ResourcesReader {
    private ResourcesReader() {}

    static Resources resources(Json json) {
        List<DeviceCgroup> devices = List.of();
        Memory memory = Memory.NONE;
        Cpu cpu = Cpu.NONE;
        BlockIO blockIO = BlockIO.NONE;
        List<HugepageLimit> hugepageLimits = List.of();
        Network network = Network.NONE;
        Pids pids = null;
        Map<String, Rdma> rdma = Map.of();
        Map<String, String> unified = Map.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "devices" -> devices = devices(json);
                case "memory" -> memory = memory(json);
                case "cpu" -> cpu = cpu(json);
                case "blockIO" -> blockIO = blockIO(json);
                case "hugepageLimits" -> hugepageLimits = hugepageLimits(json);
                case "network" -> network = network(json);
                case "pids" -> pids = pids(json);
                case "rdma" -> rdma = rdmaMap(json);
                case "unified" -> unified = Value.textMap(json);
                default -> json.skip();
            }
        }
        return new Resources(devices, memory, cpu, blockIO, hugepageLimits, network, pids, rdma, unified);
    }

    private static List<DeviceCgroup> devices(Json json) {
        List<DeviceCgroup> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(device(json));
            }
        }
        return list;
    }

    private static DeviceCgroup device(Json json) {
        Boolean allow = null;
        String type = "";
        Long major = null;
        Long minor = null;
        String access = "";
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "allow" -> allow = Value.bool(json);
                case "type" -> type = Value.text(json);
                case "major" -> major = Value.int64(json);
                case "minor" -> minor = Value.int64(json);
                case "access" -> access = Value.text(json);
                default -> json.skip();
            }
        }
        return new DeviceCgroup(json.required("allow", allow, false), type, major, minor, access);
    }

    private static Memory memory(Json json) {
        Long limit = null;
        Long reservation = null;
        Long swap = null;
        Long kernel = null;
        Long kernelTCP = null;
        Long swappiness = null;
        boolean disableOOMKiller = false;
        boolean useHierarchy = false;
        boolean checkBeforeUpdate = false;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "limit" -> limit = Value.int64(json);
                case "reservation" -> reservation = Value.int64(json);
                case "swap" -> swap = Value.int64(json);
                case "kernel" -> kernel = Value.int64(json);
                case "kernelTCP" -> kernelTCP = Value.int64(json);
                case "swappiness" -> swappiness = Value.uint64(json);
                case "disableOOMKiller" -> disableOOMKiller = Value.bool(json);
                case "useHierarchy" -> useHierarchy = Value.bool(json);
                case "checkBeforeUpdate" -> checkBeforeUpdate = Value.bool(json);
                default -> json.skip();
            }
        }
        return new Memory(
                limit,
                reservation,
                swap,
                kernel,
                kernelTCP,
                swappiness,
                disableOOMKiller,
                useHierarchy,
                checkBeforeUpdate);
    }

    private static Cpu cpu(Json json) {
        Long shares = null;
        Long quota = null;
        Long burst = null;
        Long period = null;
        Long realtimeRuntime = null;
        Long realtimePeriod = null;
        String cpus = "";
        String mems = "";
        Long idle = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "shares" -> shares = Value.uint64(json);
                case "quota" -> quota = Value.int64(json);
                case "burst" -> burst = Value.uint64(json);
                case "period" -> period = Value.uint64(json);
                case "realtimeRuntime" -> realtimeRuntime = Value.int64(json);
                case "realtimePeriod" -> realtimePeriod = Value.uint64(json);
                case "cpus" -> cpus = Value.text(json);
                case "mems" -> mems = Value.text(json);
                case "idle" -> idle = Value.int64(json);
                default -> json.skip();
            }
        }
        return new Cpu(shares, quota, burst, period, realtimeRuntime, realtimePeriod, cpus, mems, idle);
    }

    private static BlockIO blockIO(Json json) {
        Integer weight = null;
        Integer leafWeight = null;
        List<WeightDevice> weightDevice = List.of();
        List<ThrottleDevice> readBps = List.of();
        List<ThrottleDevice> writeBps = List.of();
        List<ThrottleDevice> readIOPS = List.of();
        List<ThrottleDevice> writeIOPS = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "weight" -> weight = Value.uint16(json);
                case "leafWeight" -> leafWeight = Value.uint16(json);
                case "weightDevice" -> weightDevice = weightDevices(json);
                case "throttleReadBpsDevice" -> readBps = throttleDevices(json);
                case "throttleWriteBpsDevice" -> writeBps = throttleDevices(json);
                case "throttleReadIOPSDevice" -> readIOPS = throttleDevices(json);
                case "throttleWriteIOPSDevice" -> writeIOPS = throttleDevices(json);
                default -> json.skip();
            }
        }
        return new BlockIO(weight, leafWeight, weightDevice, readBps, writeBps, readIOPS, writeIOPS);
    }

    private static List<WeightDevice> weightDevices(Json json) {
        List<WeightDevice> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(weightDevice(json));
            }
        }
        return list;
    }

    private static WeightDevice weightDevice(Json json) {
        Long major = null;
        Long minor = null;
        Integer weight = null;
        Integer leafWeight = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "major" -> major = Value.int64(json);
                case "minor" -> minor = Value.int64(json);
                case "weight" -> weight = Value.uint16(json);
                case "leafWeight" -> leafWeight = Value.uint16(json);
                default -> json.skip();
            }
        }
        return new WeightDevice(
                json.required("major", major, 0L), json.required("minor", minor, 0L), weight, leafWeight);
    }

    private static List<ThrottleDevice> throttleDevices(Json json) {
        List<ThrottleDevice> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(throttleDevice(json));
            }
        }
        return list;
    }

    private static ThrottleDevice throttleDevice(Json json) {
        Long major = null;
        Long minor = null;
        long rate = 0;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "major" -> major = Value.int64(json);
                case "minor" -> minor = Value.int64(json);
                case "rate" -> rate = Value.uint64(json);
                default -> json.skip();
            }
        }
        return new ThrottleDevice(json.required("major", major, 0L), json.required("minor", minor, 0L), rate);
    }

    private static List<HugepageLimit> hugepageLimits(Json json) {
        List<HugepageLimit> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(hugepageLimit(json));
            }
        }
        return list;
    }

    private static HugepageLimit hugepageLimit(Json json) {
        String pageSize = null;
        Long limit = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "pageSize" -> pageSize = Value.text(json);
                case "limit" -> limit = Value.uint64(json);
                default -> json.skip();
            }
        }
        return new HugepageLimit(json.required("pageSize", pageSize, ""), json.required("limit", limit, 0L));
    }

    private static Network network(Json json) {
        Long classID = null;
        List<InterfacePriority> priorities = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "classID" -> classID = Value.uint32(json);
                case "priorities" -> priorities = priorities(json);
                default -> json.skip();
            }
        }
        return new Network(classID, priorities);
    }

    private static List<InterfacePriority> priorities(Json json) {
        List<InterfacePriority> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(priority(json));
            }
        }
        return list;
    }

    private static InterfacePriority priority(Json json) {
        String device = null;
        Long priority = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "name" -> device = Value.text(json);
                case "priority" -> priority = Value.uint32(json);
                default -> json.skip();
            }
        }
        return new InterfacePriority(json.required("name", device, ""), json.required("priority", priority, 0L));
    }

    private static Pids pids(Json json) {
        Long limit = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "limit" -> limit = Value.int64(json);
                default -> json.skip();
            }
        }
        return new Pids(json.required("limit", limit, 0L));
    }

    private static Map<String, Rdma> rdmaMap(Json json) {
        Map<String, Rdma> map = new LinkedHashMap<>();
        for (String name = json.first(); name != null; name = json.next()) {
            map.put(Value.key(json, name), rdma(json));
        }
        return map;
    }

    private static Rdma rdma(Json json) {
        Long hcaHandles = null;
        Long hcaObjects = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "hcaHandles" -> hcaHandles = Value.uint32(json);
                case "hcaObjects" -> hcaObjects = Value.uint32(json);
                default -> json.skip();
            }
        }
        return new Rdma(hcaHandles, hcaObjects);
    }
}
