package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;

/** The kernel: its version, and whether it has what containers are made of. */
final class KernelProbe implements Probe {
    private static final String TOPIC = "kernel";
    private static final int MAJOR = 5;
    private static final int MINOR = 12;
    private static final String[][] NAMESPACES = {
        {"user", "USER_NS"},
        {"mnt", "NAMESPACES"},
        {"pid", "PID_NS"},
        {"net", "NET_NS"},
        {"ipc", "IPC_NS"},
        {"uts", "UTS_NS"},
        {"cgroup", "CGROUPS"},
        {"time", "TIME_NS"}
    };

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        String text = patient.file("/proc/sys/kernel/osrelease");
        String release = text == null ? "" : text.strip();
        if (isOld(release)) {
            findings.add(Finding.failure(
                    TOPIC,
                    "the kernel is " + release + ", and confine needs " + MAJOR + "." + MINOR,
                    "install a kernel of at least " + MAJOR + "." + MINOR));
        } else {
            findings.add(Finding.ok(TOPIC, "the kernel is " + release));
        }
        for (String[] namespace : NAMESPACES) {
            if (!patient.exists("/proc/self/ns/" + namespace[0])) {
                findings.add(missing(namespace));
            }
        }
        if (!patient.exists("/proc/sys/kernel/seccomp")) {
            findings.add(Finding.warning(
                    "seccomp",
                    "the kernel has no seccomp filters, so config.json /linux/seccomp cannot be applied",
                    "build the kernel with CONFIG_SECCOMP_FILTER=y"));
        } else if (patient.status("Seccomp").equals("2")) {
            findings.add(Finding.warning(
                    "seccomp",
                    "this command runs under a seccomp filter, as in another container: what that refuses is refused to containers too",
                    "start confine outside of it, or give the outer container --security-opt seccomp=unconfined"));
        } else {
            findings.add(Finding.ok("seccomp", "the kernel has seccomp filters"));
        }
        return findings;
    }

    private static Finding missing(String[] namespace) {
        String what = "the kernel has no " + namespace[0] + " namespaces";
        String fix = "build the kernel with CONFIG_" + namespace[1] + "=y";
        return namespace[0].equals("time") || namespace[0].equals("cgroup")
                ? Finding.warning(TOPIC, what, fix)
                : Finding.failure(TOPIC, what, fix);
    }

    /** A release that cannot be read is not called old. */
    private static boolean isOld(String release) {
        String[] parts = release.split("[.-]");
        try {
            int major = Integer.parseInt(parts[0]);
            return parts.length > 1 && (major < MAJOR || (major == MAJOR && Integer.parseInt(parts[1]) < MINOR));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
