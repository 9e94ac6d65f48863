package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether user namespaces may be made: limits, Debian's switch, AppArmor's restriction; user_namespaces(7), sysctl(8). */
final class UserNamespaceProbe implements Probe {
    private static final String TOPIC = "user namespaces";
    private static final long FEW = 100;
    private static final String[] KINDS = {"mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        limit(patient, findings);
        for (String kind : KINDS) {
            if (patient.number("/proc/sys/user/max_" + kind + "_namespaces") == 0) {
                findings.add(Finding.failure(
                        "namespaces",
                        "no " + kind + " namespaces may be made (user.max_" + kind + "_namespaces is 0)",
                        "sysctl -w user.max_" + kind + "_namespaces=15000"));
            }
        }
        if (patient.number("/proc/sys/kernel/unprivileged_userns_clone") == 0) {
            findings.add(forUsers(
                    patient,
                    TOPIC,
                    "ordinary users may not make user namespaces (kernel.unprivileged_userns_clone is 0)",
                    "sysctl -w kernel.unprivileged_userns_clone=1"));
        }
        apparmor(patient, findings);
        return findings;
    }

    private static void limit(Patient patient, List<Finding> findings) {
        long most = patient.number("/proc/sys/user/max_user_namespaces");
        if (most == 0) {
            findings.add(Finding.failure(
                    TOPIC,
                    "no user namespaces may be made (user.max_user_namespaces is 0)",
                    "sysctl -w user.max_user_namespaces=15000"));
        } else if (most > 0 && most < FEW) {
            findings.add(Finding.warning(
                    TOPIC,
                    "each user may have only " + most + " user namespaces; the next one is refused with ENOSPC",
                    "sysctl -w user.max_user_namespaces=15000"));
        } else {
            findings.add(Finding.ok(
                    TOPIC, "each user may have " + (most < 0 ? "any number of" : most) + " user namespaces"));
        }
    }

    private static void apparmor(Patient patient, List<Finding> findings) {
        if (patient.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") != 1) {
            return;
        }
        String profiles = patient.file("/sys/kernel/security/apparmor/profiles");
        boolean known =
                patient.exists("/etc/apparmor.d/confine") || (profiles != null && profiles.contains("confine (un"));
        if (known) {
            findings.add(Finding.ok(
                    "AppArmor", "AppArmor restricts user namespaces of ordinary users, and has a profile for confine"));
            return;
        }
        findings.add(
                forUsers(
                        patient,
                        "AppArmor",
                        "AppArmor takes all capabilities from user namespaces that ordinary users make, and has no profile for confine",
                        "printf '%s\\n' 'abi <abi/4.0>,' 'profile confine " + patient.program()
                                + " flags=(unconfined) { userns, }' > /etc/apparmor.d/confine && apparmor_parser -r /etc/apparmor.d/confine"));
    }

    /** What only ordinary users meet. */
    static Finding forUsers(Patient patient, String topic, String what, String fix) {
        return patient.isRoot() ? Finding.warning(topic, what, fix) : Finding.failure(topic, what, fix);
    }
}
