package dev.confine.spec;

/**
 * One line of a uid or gid map as it was written, {@code config-linux.md#user-namespace-mappings}. Unsigned 32 bits each; unchecked.
 *
 * @param containerID first id inside
 * @param hostID first id in the parent user namespace
 * @param size how many
 */
public record IdMapping(long containerID, long hostID, long size) {}
