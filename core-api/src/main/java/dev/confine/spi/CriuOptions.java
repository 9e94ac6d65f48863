package dev.confine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What criu(8) is told alike when it saves a container and when it brings it back. Paths are as they were written until {@link #resolved}.
 *
 * @param images the directory of the images
 * @param work the directory for criu's log, or null for that of the images
 * @param criu the program, or null to look for it
 * @param tcpEstablished with TCP connections
 * @param extUnixSk with connections of unix sockets to outside
 * @param shellJob with a session or terminal that is the caller's
 * @param fileLocks with locks of files
 * @param autoDedup without memory that is there twice
 * @param lazyPages memory is fetched when it is needed
 * @param emptyNetwork its network namespace is empty
 * @param cgroups what is done about cgroups
 */
public record CriuOptions(
        String images,
        @Nullable String work,
        @Nullable String criu,
        boolean tcpEstablished,
        boolean extUnixSk,
        boolean shellJob,
        boolean fileLocks,
        boolean autoDedup,
        boolean lazyPages,
        boolean emptyNetwork,
        Cgroups cgroups) {

    /** What is done about cgroups: criu(8), {@code --manage-cgroups}. */
    public enum Cgroups {
        IGNORE,
        SOFT,
        FULL,
        STRICT
    }

    /** With absolute paths. */
    public CriuOptions resolved(Caller caller) {
        return new CriuOptions(
                caller.resolve(images),
                work == null ? null : caller.resolve(work),
                criu == null ? null : caller.resolve(criu),
                tcpEstablished,
                extUnixSk,
                shellJob,
                fileLocks,
                autoDedup,
                lazyPages,
                emptyNetwork,
                cgroups);
    }

    /** The directory that criu's log goes to. */
    public String logs() {
        return work == null ? images : work;
    }
}
