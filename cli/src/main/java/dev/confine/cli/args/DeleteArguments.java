package dev.confine.cli.args;

/**
 * {@code delete}.
 *
 * @param id as written, unchecked
 * @param force kill it first, and take a container that does not exist for done
 */
public record DeleteArguments(String id, boolean force) {}
