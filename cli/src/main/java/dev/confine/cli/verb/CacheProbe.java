package dev.confine.cli.verb;

import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Finding.Level;
import java.util.List;

/** Whether this JVM has started with the cache that was made for it, which is all that a cold command is fast by. lib/find-java names one only where it fits. */
final class CacheProbe {
    private static final String TOPIC = "cache of java";
    private static final List<String> FLAGS = List.of("-XX:AOTCache=", "-XX:SharedArchiveFile=");

    private CacheProbe() {}

    /**
     * @param command the command line of the JVM
     * @param library the directory that it was started in
     * @param version of the JVM
     * @param information {@code java.vm.info}, which says whether anything is shared
     */
    static Finding examine(List<String> command, String library, String version, String information) {
        String cache = cache(command);
        if (cache.isEmpty()) {
            return new Finding(
                    TOPIC,
                    Level.WARNING,
                    "there is none for java " + version + ", so each command takes several times as long",
                    "one is made in the background unless confine.cache is off; at once: " + library
                            + "/find-java --renew");
        }
        if (!information.contains("sharing")) {
            return new Finding(
                    TOPIC,
                    Level.WARNING,
                    "java " + version + " refuses " + cache + ", so each command takes several times as long",
                    "run: " + library + "/find-java --renew");
        }
        return new Finding(TOPIC, Level.OK, "java " + version + " uses " + cache, "");
    }

    private static String cache(List<String> command) {
        for (String word : command) {
            for (String flag : FLAGS) {
                if (word.startsWith(flag)) {
                    return word.substring(flag.length());
                }
            }
        }
        return "";
    }
}
