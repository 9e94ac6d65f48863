package dev.confine.cli.args;

import dev.confine.spec.Resources;
import org.jspecify.annotations.Nullable;

/**
 * {@code update}.
 *
 * @param id as written, unchecked
 * @param file with limits, as written, {@code -} for standard input, or null
 * @param flags the limits that flags give
 */
public record UpdateArguments(String id, @Nullable String file, Resources flags) {}
