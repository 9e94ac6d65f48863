package dev.confine.spi;

/**
 * A process of a container, seen from both sides.
 *
 * @param pid in the host's, that is the caller's, pid namespace
 * @param innerPid in the container's pid namespace
 * @param uid effective, in the caller's user namespace
 * @param innerUid effective, in the container's user namespace
 * @param command its command line
 */
public record ContainerProcess(long pid, long innerPid, long uid, long innerUid, String command) {}
