package dev.confine.runtime.lifecycle;

import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The security modules that a host has, for the labels that a configuration asks for. Whether a policy knows the label is for the kernel to say. */
final class SecurityModules {
    private static final int LARGEST = 1 << 16;

    private final String root;

    /** @param root what the paths of the host's files begin with, empty for those of this host */
    SecurityModules(String root) {
        this.root = root;
    }

    /** Why the process, and the mounts of a new container, cannot have their labels here. */
    List<String> problems(Spec spec) {
        List<String> problems = new ArrayList<>(problems(spec.process()));
        if (!spec.linux().mountLabel().isEmpty() && !selinux()) {
            problems.add(noSelinux("mounts", spec.linux().mountLabel(), "config.json /linux/mountLabel"));
        }
        return problems;
    }

    /** The same of a process alone. */
    List<String> problems(@Nullable Process process) {
        List<String> problems = new ArrayList<>();
        if (process == null) {
            return problems;
        }
        if (!process.apparmorProfile().isEmpty() && !apparmor()) {
            problems.add("the process cannot have the AppArmor profile " + process.apparmorProfile()
                    + ": AppArmor is not enabled on this host (/sys/module/apparmor/parameters/enabled does not say Y); remove the profile,"
                    + " or boot with AppArmor (config.json /process/apparmorProfile)");
        }
        if (!process.selinuxLabel().isEmpty() && !selinux()) {
            problems.add(noSelinux("the process", process.selinuxLabel(), "config.json /process/selinuxLabel"));
        }
        return problems;
    }

    private static String noSelinux(String who, String label, String where) {
        return who + " cannot have the SELinux label " + label
                + ": SELinux is not enabled on this host (/proc/filesystems has no selinuxfs); remove the label, or boot with SELinux ("
                + where + ")";
    }

    private boolean apparmor() {
        return read("/sys/module/apparmor/parameters/enabled").startsWith("Y");
    }

    /** The kernel has this file system if and only if SELinux was enabled at boot, selinux(8). */
    private boolean selinux() {
        return read("/proc/filesystems").contains("\tselinuxfs\n");
    }

    private String read(String path) {
        try (FileInputStream in = new FileInputStream(root + path)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
