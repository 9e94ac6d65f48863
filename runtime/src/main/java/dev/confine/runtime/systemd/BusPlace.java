package dev.confine.runtime.systemd;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where the message bus of a service manager listens: the system's for root, else the caller's own.
 *
 * @param socket absolute path
 * @param uid who calls, as the other side knows it
 * @param user whether it is a user's
 */
record BusPlace(String socket, long uid, boolean user) {
    private static final String CURE = "; or use --cgroup-manager cgroupfs";

    /** @throws ConfineException where none listens */
    static BusPlace of(Caller caller) {
        if (!new File("/run/systemd/system").isDirectory()) {
            throw new ConfineException(
                    "the manager of cgroups is systemd (--systemd-cgroup, --cgroup-manager), and it does"
                            + " not run here: use --cgroup-manager cgroupfs");
        }
        long uid = caller.isRoot() ? outside() : caller.uid();
        return uid == 0 ? ofSystem() : ofUser(caller, uid);
    }

    private static BusPlace ofSystem() {
        String socket = "/run/dbus/system_bus_socket";
        if (!new File(socket).exists()) {
            throw new ConfineException("systemd cannot be reached: there is no " + socket + " (install dbus)" + CURE);
        }
        return new BusPlace(socket, 0, false);
    }

    private static BusPlace ofUser(Caller caller, long uid) {
        String given = caller.environment().getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
        if (given.startsWith("unix:path=") && given.indexOf(',') < 0 && given.indexOf('%') < 0) {
            return new BusPlace(given.substring("unix:path=".length()), uid, true);
        }
        String directory = caller.environment().getOrDefault("XDG_RUNTIME_DIR", "/run/user/" + uid);
        if (new File(directory + "/bus").exists()) {
            return new BusPlace(directory + "/bus", uid, true);
        }
        throw new ConfineException("the systemd of uid " + uid + " cannot be reached: there is no " + directory
                + "/bus (log in through systemd, or loginctl enable-linger, and set XDG_RUNTIME_DIR)" + CURE);
    }

    /** What root is outside of its user namespace: podman calls as root of one that an ordinary user has made. */
    private static long outside() {
        try (FileInputStream in = new FileInputStream("/proc/self/uid_map")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                String[] fields = line.strip().split(" +", -1);
                if (fields.length == 3 && fields[0].equals("0")) {
                    return Long.parseLong(fields[1]);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new ConfineException("read /proc/self/uid_map: " + e.getMessage(), e);
        }
    }
}
