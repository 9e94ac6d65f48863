package dev.confine.runtime.cgroup;

import dev.confine.spec.DeviceCgroup;

/**
 * A rule of the allowed devices with all of it said.
 *
 * @param type {@code b}, {@code c} or {@code a} for both
 * @param major number, or -1 for all
 * @param minor number, or -1 for all
 * @param access bits as BPF has them: 1 mknod, 2 read, 4 write
 * @param pointer to it in config.json, empty for one that every container has
 */
record DeviceRule(boolean allow, char type, long major, long minor, int access, String pointer) {
    static final int ALL = -1;
    static final int MKNOD = 1;
    static final int READ = 2;
    static final int WRITE = 4;
    static final int EVERY_ACCESS = MKNOD | READ | WRITE;

    static DeviceRule of(DeviceCgroup rule, String pointer) {
        Long major = rule.major();
        Long minor = rule.minor();
        return new DeviceRule(
                rule.allow(),
                rule.type().isEmpty() ? 'a' : rule.type().charAt(0),
                major == null || major < 0 ? ALL : major,
                minor == null || minor < 0 ? ALL : minor,
                rule.access().isEmpty() ? EVERY_ACCESS : bits(rule.access()),
                pointer);
    }

    /** One that allows a character device. */
    static DeviceRule character(long major, long minor) {
        return new DeviceRule(true, 'c', major, minor, EVERY_ACCESS, "");
    }

    /** One that allows to make nodes. */
    static DeviceRule nodes(char type) {
        return new DeviceRule(true, type, ALL, ALL, MKNOD, "");
    }

    private static int bits(String access) {
        int bits = 0;
        for (int i = 0; i < access.length(); i++) {
            bits |= switch (access.charAt(i)) {
                case 'm' -> MKNOD;
                case 'r' -> READ;
                default -> WRITE;
            };
        }
        return bits;
    }

    /** Whether it speaks of everything there is. */
    boolean isTotal() {
        return type == 'a' && major == ALL && minor == ALL && access == EVERY_ACCESS;
    }

    DeviceRule with(char otherType) {
        return new DeviceRule(allow, otherType, major, minor, access, pointer);
    }

    DeviceRule without(int bits) {
        return withAccess(access & ~bits);
    }

    DeviceRule withAccess(int bits) {
        return new DeviceRule(allow, type, major, minor, bits, pointer);
    }

    boolean isOfSameDevices(DeviceRule other) {
        return type == other.type && major == other.major && minor == other.minor;
    }

    /** Whether all devices of the other are its own too. */
    boolean covers(DeviceRule other) {
        return type == other.type && (major == ALL || major == other.major) && (minor == ALL || minor == other.minor);
    }

    boolean overlaps(DeviceRule other) {
        return type == other.type
                && (major == ALL || other.major == ALL || major == other.major)
                && (minor == ALL || other.minor == ALL || minor == other.minor);
    }

    /** As a line of devices.allow. */
    String line() {
        return type + " " + (major == ALL ? "*" : Long.toString(major)) + ":"
                + (minor == ALL ? "*" : Long.toString(minor)) + " " + ((access & READ) != 0 ? "r" : "")
                + ((access & WRITE) != 0 ? "w" : "") + ((access & MKNOD) != 0 ? "m" : "");
    }
}
