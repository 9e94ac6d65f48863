package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a container belongs to the host and is not saved with it, as criu(8) wants it named: {@code --external}. Found in the mounts that the container
 * has, not only in those of config.json: devices and masked files are bound from the host too.
 */
final class HostParts {
    private static final int DEVICE = 2;
    private static final int ROOT = 3;
    private static final int TARGET = 4;

    private HostParts() {}

    /** For a dump of the container whose first process is {@code pid}. */
    static List<String> of(Spec spec, long pid) {
        try {
            List<String> parts =
                    mounts(spec, Files.readString(Path.of("/proc/" + pid + "/mountinfo"), StandardCharsets.UTF_8));
            for (Namespace namespace : spec.linux().namespaces()) {
                boolean network = namespace.type() == NamespaceType.NETWORK;
                if (!namespace.isNew() && (network || namespace.type() == NamespaceType.PID)) {
                    String name = network ? "net" : "pid";
                    Path link = Path.of("/proc/" + pid + "/ns/" + name);
                    // net:[4026531840]
                    String inode = Files.readSymbolicLink(link).toString().substring(name.length() + 1);
                    parts.add(name + inode + ":extRoot" + (network ? "Net" : "Pid") + "NS");
                }
            }
            return parts;
        } catch (IOException e) {
            throw new ConfineException("look at the container's process " + pid + ": " + e.getMessage(), e);
        }
    }

    /** A mount is the host's when config.json binds it, or when it shows a part of a file system that the container has no whole of. */
    static List<String> mounts(Spec spec, String mountinfo) {
        Set<String> bound = new HashSet<>();
        for (Mount mount : spec.mounts()) {
            boolean bind = mount.options().contains("bind") || mount.options().contains("rbind");
            if (bind || mount.type().equals("bind") || mount.type().equals("rbind")) {
                bound.add(mount.destination());
            }
        }
        Set<String> whole = new HashSet<>();
        for (String line : mountinfo.split("\n")) {
            String[] words = line.split(" ");
            if (words[ROOT].equals("/") && !bound.contains(plain(words[TARGET]))) {
                whole.add(words[DEVICE]);
            }
        }
        List<String> parts = new ArrayList<>();
        for (String line : mountinfo.split("\n")) {
            String[] words = line.split(" ");
            String target = plain(words[TARGET]);
            if (!target.equals("/") && (bound.contains(target) || !whole.contains(words[DEVICE]))) {
                parts.add("mnt[" + target + "]:" + target);
            }
        }
        return parts;
    }

    /** Without the octal escapes of mountinfo. */
    private static String plain(String target) {
        return target.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
