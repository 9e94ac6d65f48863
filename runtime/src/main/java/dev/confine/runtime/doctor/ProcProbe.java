package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether a new proc or sysfs may be mounted: the kernel refuses it in a user namespace where the old one is partly covered, mount_namespaces(7). */
final class ProcProbe implements Probe {
    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        covered(patient, "/proc", "proc", findings);
        covered(patient, "/sys", "sysfs", findings);
        return findings;
    }

    private static void covered(Patient patient, String place, String type, List<Finding> findings) {
        List<String> covering = new ArrayList<>();
        for (String[] words : patient.mounts()) {
            boolean expected = words[4].startsWith("/sys/fs/")
                    || words[4].startsWith("/sys/kernel/")
                    || words[4].startsWith("/sys/firmware/efi")
                    || words[4].equals("/proc/sys/fs/binfmt_misc");
            if (words[4].startsWith(place + "/") && !expected) {
                covering.add(words[4]);
            }
        }
        if (covering.isEmpty()) {
            findings.add(Finding.ok(place, "nothing covers parts of " + place));
            return;
        }
        findings.add(UserNamespaceProbe.forUsers(
                patient,
                place,
                "something is mounted over " + String.join(", ", covering) + ", so " + type
                        + " cannot be mounted in a user namespace (EPERM)",
                "umount " + String.join(" ", covering)
                        + "; within a container: start that one with --security-opt unmask=ALL"));
    }
}
