package dev.confine.runtime.compile;

import dev.confine.ConfineException;
import dev.confine.spec.Mount;
import dev.confine.spec.Spec;
import dev.confine.spi.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of bind mounts that are for a new file system, {@code size=1k}: the kernel has no use for them, and callers write them all the same. They are passed over with a
 * warning, as runc passes over them in silence.
 */
public final class IgnoredOptions {
    private IgnoredOptions() {}

    /** Warns of each mount that has some. */
    public static void warn(Spec spec, Log log) {
        for (int i = 0; i < spec.mounts().size(); i++) {
            Mount mount = spec.mounts().get(i);
            MountWords words = MountWords.of(mount.options());
            List<String> ignored = new ArrayList<>(words.superblock);
            for (String option : words.data) {
                if (isData(option)) {
                    ignored.add(option);
                }
            }
            if (!ignored.isEmpty() && !words.remount && Sources.isBind(mount, words)) {
                log.warn("a bind mount shows a file system as it is, so " + ignored + " of " + mount.destination()
                        + " means nothing (config.json /mounts/" + i + "/options)");
            }
        }
    }

    /** What is no data, a slip of the pen maybe, and what would change whose the files are. */
    static void refuse(MountWords words, String pointer) {
        for (String option : words.data) {
            if (!isData(option)) {
                String cure = changesOwners(option)
                        ? ": ids are mapped by idmap alone, by idmap=uids=IN_THE_FILE_SYSTEM-ON_THE_HOST-COUNT;gids=… with @ before a number that is one of the"
                                + " container's, or by uidMappings and gidMappings of the mount"
                        : ", which is data for a new file system; remove it";
                throw new ConfineException(
                        "config.json " + pointer + "/options: a bind mount does not take " + option + cure);
            }
        }
    }

    private static boolean isData(String option) {
        return option.indexOf('=') > 0 && !changesOwners(option);
    }

    private static boolean changesOwners(String option) {
        return option.startsWith("idmap=") || option.startsWith("ridmap=");
    }
}
