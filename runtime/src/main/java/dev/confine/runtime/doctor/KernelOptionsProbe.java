package dev.confine.runtime.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel was built with, where nothing of a running kernel tells: by /proc/config.gz, or the file that distributions put into /boot. File systems that
 * may be a module are looked for there too.
 */
final class KernelOptionsProbe implements Probe {
    private static final String TOPIC = "kernel options";

    /** An option, and what is not to be had without it. */
    private static final String[][] WANTED = {
        {"OVERLAY_FS", "layers of images cannot be mounted over each other (overlay)"},
        {"POSIX_MQUEUE", "/dev/mqueue cannot be mounted"},
        {"FUSE_FS", "ordinary users cannot use fuse-overlayfs"},
        {"CGROUP_BPF", "rules for devices are refused with cgroup v2 (config.json /linux/resources/devices)"},
        {"CFS_BANDWIDTH", "cpu quotas are refused (config.json /linux/resources/cpu/quota)"},
        {"KEYS", "containers have no session keyring of their own"},
    };

    @Override
    public List<Finding> examine(Patient patient) {
        String release = patient.file("/proc/sys/kernel/osrelease");
        String boot = "/boot/config-" + (release == null ? "" : release.strip());
        String compressed = unpacked(patient.bytes("/proc/config.gz"));
        String options = compressed == null ? patient.file(boot) : compressed;
        if (options == null) {
            return List.of(Finding.ok(
                    TOPIC, "neither /proc/config.gz nor " + boot + " can be read, so what is a module is not known"));
        }
        String file = compressed == null ? boot : "/proc/config.gz";
        List<Finding> findings = new ArrayList<>();
        for (String[] wanted : WANTED) {
            if (!isSet(options, wanted[0])) {
                findings.add(Finding.warning(
                        TOPIC,
                        "the kernel was built without " + wanted[0] + ", as " + file + " says: " + wanted[1],
                        "build the kernel with CONFIG_" + wanted[0] + "=y"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(TOPIC, "by " + file + " the kernel has what containers use"));
        }
        return findings;
    }

    /** Built in, or as a module. */
    private static boolean isSet(String options, String name) {
        String text = "\n" + options;
        return text.contains("\nCONFIG_" + name + "=y\n") || text.contains("\nCONFIG_" + name + "=m\n");
    }

    private static @Nullable String unpacked(byte @Nullable [] compressed) {
        if (compressed == null) {
            return null;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(in.readNBytes(Patient.LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
