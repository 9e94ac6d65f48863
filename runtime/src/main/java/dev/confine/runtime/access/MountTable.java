package dev.confine.runtime.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The mounts of a mount namespace by their numbers, as /proc/PID/mountinfo has them, proc_pid_mountinfo(5). */
public final class MountTable {
    private static final MountFacts NONE = MountFacts.plain("?", "?");

    private final Map<Long, MountFacts> mounts;

    private MountTable(Map<Long, MountFacts> mounts) {
        this.mounts = mounts;
    }

    /** Those that this process sees. */
    public static MountTable ofThisProcess() {
        try {
            return parse(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of mountinfo; what is no such line is passed over. */
    static MountTable parse(String mountinfo) {
        Map<Long, MountFacts> mounts = new HashMap<>();
        for (String line : mountinfo.split("\n")) {
            int dash = line.indexOf(" - ");
            String[] words = line.split(" ");
            if (dash > 0 && words.length > 9) {
                String[] system = line.substring(dash + 3).split(" ");
                mounts.put(Long.parseLong(words[0]), facts(words, system));
            }
        }
        return new MountTable(mounts);
    }

    private static MountFacts facts(String[] words, String[] system) {
        List<String> options = List.of(words[5].split(","));
        boolean sealed = system.length > 2 && List.of(system[2].split(",")).contains("ro");
        return new MountFacts(
                unescaped(words[4]),
                system[0],
                options.contains("ro"),
                sealed,
                options.contains("noexec"),
                options.contains("nodev"),
                options.contains("nosymfollow"),
                options.contains("idmapped"),
                null,
                false);
    }

    /** Of a mount that has gone since, nothing is known. */
    public MountFacts of(long number) {
        return mounts.getOrDefault(number, NONE);
    }

    void put(long number, MountFacts facts) {
        mounts.put(number, facts);
    }

    /** Blanks and the like are written as {@code \040}; a path is bytes. */
    static String unescaped(String path) {
        if (path.indexOf('\\') < 0) {
            return path;
        }
        byte[] from = path.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '\\' && i + 3 < from.length) {
                to[length++] = (byte) (((from[i + 1] - '0') << 6) + ((from[i + 2] - '0') << 3) + (from[i + 3] - '0'));
                i += 3;
            } else {
                to[length++] = from[i];
            }
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }
}
