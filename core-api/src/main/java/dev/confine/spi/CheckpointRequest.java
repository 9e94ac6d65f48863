package dev.confine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@code checkpoint} is asked for.
 *
 * @param options those that {@code restore} has too
 * @param parent of an earlier {@code preDump}, relative to the directory of the images, or null
 * @param leaveRunning the container goes on
 * @param preDump only its memory is saved, and it goes on
 * @param tcpSkipInFlight without TCP connections that are being made
 * @param linkRemap with files that have no name any more
 * @param pageServer host name or address of a page server, or null
 * @param pageServerPort of that
 * @param statusFd a file descriptor of the caller's that is told, by a NUL byte, when memory can be fetched; or -1
 */
public record CheckpointRequest(
        CriuOptions options,
        @Nullable String parent,
        boolean leaveRunning,
        boolean preDump,
        boolean tcpSkipInFlight,
        boolean linkRemap,
        @Nullable String pageServer,
        int pageServerPort,
        int statusFd) {

    /** With absolute paths. */
    public CheckpointRequest resolved(Caller caller) {
        return new CheckpointRequest(
                options.resolved(caller),
                parent,
                leaveRunning,
                preDump,
                tcpSkipInFlight,
                linkRemap,
                pageServer,
                pageServerPort,
                statusFd);
    }
}
