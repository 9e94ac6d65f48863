package dev.confine.cli.args;

import dev.confine.spi.CriuOptions;
import org.jspecify.annotations.Nullable;

/**
 * {@code restore}.
 *
 * @param create what {@code create} takes
 * @param options for criu, with paths as written
 * @param lsmProfile {@code TYPE:NAME}, or null
 * @param lsmMountContext as written, or null
 * @param detach return when the container goes on
 */
public record RestoreArguments(
        CreateArguments create,
        CriuOptions options,
        @Nullable String lsmProfile,
        @Nullable String lsmMountContext,
        boolean detach) {}
