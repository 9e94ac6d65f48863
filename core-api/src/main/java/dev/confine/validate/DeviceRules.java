package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Device;
import dev.confine.spec.Linux;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.NetDevice;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code linux.devices} and {@code linux.netDevices}. */
final class DeviceRules {
    private static final int ALL_BITS = 07777;
    /** The kernel has 12 bits for a major number and 20 for a minor one. */
    private static final int MOST_MAJOR = 0xfff;

    private static final int MOST_MINOR = 0xfffff;
    /** IFNAMSIZ without its NUL. */
    private static final int LONGEST_INTERFACE = 15;

    private DeviceRules() {}

    static void check(Linux linux, Violations found) {
        List<Device> devices = linux.devices();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            String pointer = Pointer.item("/linux/devices", i);
            found.absolute(pointer + "/path", device.path());
            found.addIf(
                    isDirectory(device.path()),
                    pointer + "/path",
                    "is the name of a directory, and must be that of a device");
            found.addIf(
                    !paths.add(device.path()),
                    pointer + "/path",
                    "is there already, for an earlier device: keep one of them");
            node(device, pointer, found);
        }
        if (!linux.netDevices().isEmpty()) {
            netDevices(linux, found);
        }
    }

    /** Slashes at the end mean nothing here, as they do to peers. */
    private static boolean isDirectory(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        String name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
        return name.isEmpty() || name.equals(".") || name.equals("..");
    }

    private static void node(Device device, String pointer, Violations found) {
        switch (device.type()) {
            case "c", "u", "b" -> {
                number(pointer + "/major", device.major(), MOST_MAJOR, found);
                number(pointer + "/minor", device.minor(), MOST_MINOR, found);
            }
            case "p" -> {}
            default ->
                found.add(
                        pointer + "/type",
                        "must be c or u (character), b (block) or p (pipe), not " + Quoted.text(device.type()));
        }
        Integer mode = device.fileMode();
        // callers take it from stat(2), with the type in it
        if (mode != null && (mode & ~ALL_BITS) != 0 && (mode & ~ALL_BITS) != type(device)) {
            found.add(
                    pointer + "/fileMode",
                    mode + " is more than permission bits: at most " + ALL_BITS + " (07777; the number is decimal)");
        }
    }

    /** The bits of stat(2) that say what kind of file it is. */
    private static int type(Device device) {
        return switch (device.type()) {
            case "b" -> 0x6000;
            case "p" -> 0x1000;
            default -> 0x2000;
        };
    }

    private static void number(String pointer, @Nullable Long number, int most, Violations found) {
        if (number == null) {
            found.add(pointer, "is missing, and every device but a pipe has one");
        } else {
            found.addIf(number < 0, pointer, "must not be negative");
            found.addIf(number > most, pointer, "must be at most " + most + ", not " + number);
        }
    }

    private static void netDevices(Linux linux, Violations found) {
        found.needs(
                NamespaceType.NETWORK,
                linux,
                "/linux/netDevices",
                "without a network namespace there is nowhere to move them to");
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, NetDevice> device : linux.netDevices().entrySet()) {
            String pointer = Pointer.key("/linux/netDevices", device.getKey());
            String inside = device.getValue().name().isEmpty()
                    ? device.getKey()
                    : device.getValue().name();
            found.addIf(!interfaceName(device.getKey()), pointer, "is no name of a network interface");
            found.addIf(
                    !interfaceName(inside),
                    pointer + "/name",
                    "is no name of a network interface: " + Quoted.text(inside));
            found.addIf(
                    !template(inside),
                    pointer + "/name",
                    "may have one %d, where the kernel puts a number, and no other %: " + Quoted.text(inside));
            found.addIf(
                    !inside.contains("%") && !names.add(inside),
                    pointer,
                    "would be " + Quoted.text(inside) + " in the container, as another one is already");
        }
    }

    private static boolean template(String name) {
        int percent = name.indexOf('%');
        return percent < 0 || (name.startsWith("%d", percent) && name.indexOf('%', percent + 1) < 0);
    }

    /** As dev_valid_name() of the kernel has it. */
    private static boolean interfaceName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == '/' || c == ':' || c > '~') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST_INTERFACE && !name.equals(".") && !name.equals("..");
    }
}
