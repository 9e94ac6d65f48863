package dev.confine.spec;

/**
 * The container's root file system, {@code config.md#root}.
 *
 * @param path a directory, absolute or relative to the bundle
 * @param readonly whether the container sees it read-only
 */
public record Root(String path, boolean readonly) {}
