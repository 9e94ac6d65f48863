package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.spec.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device node or a pipe as mknod(2) makes it.
 *
 * @param path absolute, in the container; on the host the same device has the same path
 * @param type {@code S_IFCHR}, {@code S_IFBLK} or {@code S_IFIFO}
 * @param major 0 for a pipe
 * @param minor 0 for a pipe
 * @param mode permission bits
 * @param uid inside
 * @param gid inside
 * @param pointer its place in config.json, empty for a default device
 */
record DeviceNode(String path, int type, long major, long minor, int mode, long uid, long gid, String pointer) {
    private static final int DEFAULT_MODE = 0666;
    private static final int PERMISSIONS = 07777;

    /** One that every container has. */
    static DeviceNode byDefault(String name, int major, int minor) {
        return new DeviceNode("/dev/" + name, S_IFCHR, major, minor, DEFAULT_MODE, 0, 0, "");
    }

    static DeviceNode of(Device device, int index) {
        int type =
                switch (device.type()) {
                    case "b" -> S_IFBLK;
                    case "p" -> S_IFIFO;
                    default -> S_IFCHR;
                };
        Integer mode = device.fileMode();
        return new DeviceNode(
                "/" + String.join("/", Targets.components(device.path())),
                type,
                type == S_IFIFO ? 0 : orZero(device.major()),
                type == S_IFIFO ? 0 : orZero(device.minor()),
                mode == null ? DEFAULT_MODE : mode & PERMISSIONS,
                orZero(device.uid()),
                orZero(device.gid()),
                "/linux/devices/" + index);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    boolean isPipe() {
        return type == S_IFIFO;
    }

    /** Whether both are at the same place. */
    boolean covers(DeviceNode other) {
        return Targets.components(path).equals(Targets.components(other.path));
    }

    /** The last component of the path. */
    String name() {
        List<String> components = Targets.components(path);
        return components.get(components.size() - 1);
    }

    String directory() {
        List<String> components = Targets.components(path);
        return "/" + String.join("/", components.subList(0, components.size() - 1));
    }

    /** As mknod(2) takes it: the minor's upper bits are above the major. */
    long number() {
        return (minor & 0xff) | major << 8 | (minor & ~0xffL) << 12;
    }
}
