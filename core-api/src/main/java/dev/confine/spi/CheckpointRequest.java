package dev.confine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@code checkpoint} is asked for.
 *
 * @param images absolute path of the directory that the images are written to
 * @param work absolute path of the directory for criu's log, or null for that of the images
 * @param parent of an earlier {@code preDump}, relative to the directory of the images, or null
 * @param criu absolute path of the program, or null to look for it
 * @param leaveRunning the container goes on
 * @param preDump only its memory is saved, and it goes on
 * @param tcpEstablished with its TCP connections
 * @param tcpSkipInFlight without those that are being made
 * @param linkRemap with files that have no name any more
 * @param extUnixSk with connections of unix sockets to outside
 * @param shellJob with a session or terminal that is the caller's
 * @param fileLocks with locks of files
 * @param autoDedup without memory that the parent has already
 * @param lazyPages memory is fetched when it is needed
 * @param emptyNetwork its network namespace is saved empty
 * @param pageServer host name or address of a page server, or null
 * @param pageServerPort of that
 * @param cgroups what is saved of cgroups
 */
public record CheckpointRequest(
        String images,
        @Nullable String work,
        @Nullable String parent,
        @Nullable String criu,
        boolean leaveRunning,
        boolean preDump,
        boolean tcpEstablished,
        boolean tcpSkipInFlight,
        boolean linkRemap,
        boolean extUnixSk,
        boolean shellJob,
        boolean fileLocks,
        boolean autoDedup,
        boolean lazyPages,
        boolean emptyNetwork,
        @Nullable String pageServer,
        int pageServerPort,
        Cgroups cgroups) {

    /** What is saved of cgroups: criu(8), {@code --manage-cgroups}. */
    public enum Cgroups {
        IGNORE,
        SOFT,
        FULL,
        STRICT
    }
}
