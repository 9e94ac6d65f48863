package dev.confine.runtime.doctor;

import dev.confine.runtime.host.CallFailure;
import dev.confine.runtime.host.HostFiles;
import java.util.ArrayList;
import java.util.List;

/** newuidmap(1) and newgidmap(1), which write the maps of ordinary users: there, and able to. */
final class HelperProbe implements Probe {
    private static final int SETUID = 04000;

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        helper(patient, "newuidmap", "cap_setuid", findings);
        helper(patient, "newgidmap", "cap_setgid", findings);
        if (patient.status("NoNewPrivs").equals("1")) {
            findings.add(UserNamespaceProbe.forUsers(
                    patient,
                    "no_new_privs",
                    "this command may not gain privileges (no_new_privs), so neither can the helpers that write id maps",
                    "start confine from a shell or service without NoNewPrivileges=, or use --map self"));
        }
        return findings;
    }

    private static void helper(Patient patient, String name, String capability, List<Finding> findings) {
        String path = patient.find(name);
        if (path == null) {
            findings.add(UserNamespaceProbe.forUsers(
                    patient,
                    name,
                    name + " is not installed, and ordinary users need it for more than one id",
                    "apt-get install uidmap (Debian, Ubuntu), dnf install shadow-utils (Fedora)"));
            return;
        }
        boolean setuid = patient.attribute(path, "uid") == 0 && (patient.attribute(path, "mode") & SETUID) != 0;
        if (!setuid && !hasCapabilities(patient, path)) {
            findings.add(UserNamespaceProbe.forUsers(
                    patient,
                    name,
                    path + " is neither setuid root nor has a file capability; images and package layers lose them",
                    "setcap " + capability + "+ep " + path + " (or chown root " + path + " && chmod u+s " + path
                            + ")"));
            return;
        }
        String[] mount = patient.mountOf(path);
        if (mount != null && List.of(mount[5].split(",")).contains("nosuid")) {
            findings.add(UserNamespaceProbe.forUsers(
                    patient,
                    name,
                    path + " is on a file system that is mounted nosuid, at " + mount[4] + ", so it gains nothing",
                    "mount -o remount,suid " + mount[4]));
            return;
        }
        findings.add(Finding.ok(name, path + (setuid ? " is setuid root" : " has a file capability")));
    }

    private static boolean hasCapabilities(Patient patient, String path) {
        try {
            HostFiles files = new HostFiles();
            int fd = files.place(patient.onHost(path));
            try {
                return files.attribute(fd, "security.capability") != null;
            } finally {
                files.close(fd);
            }
        } catch (CallFailure e) {
            return false;
        }
    }
}
