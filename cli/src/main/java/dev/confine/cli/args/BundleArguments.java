package dev.confine.cli.args;

import org.jspecify.annotations.Nullable;

/**
 * Where a specification comes from, and what is laid over it. Paths are as written, relative to the caller's directory.
 *
 * @param bundle the directory with the root file system and config.json
 * @param config another file in place of {@code config.json}, or null
 * @param maps applied to the specification
 */
public record BundleArguments(String bundle, @Nullable String config, MapArguments maps) {}
