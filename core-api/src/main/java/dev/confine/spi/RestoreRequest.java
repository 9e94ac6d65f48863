package dev.confine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What {@code restore} is asked for.
 *
 * @param create the container that the images become, as {@code create} would make it
 * @param options those that {@code checkpoint} has too
 * @param lsmProfile in place of the saved one, {@code apparmor:NAME} or {@code selinux:LABEL}, or null
 * @param lsmMountContext the SELinux context of its mounts, or null
 */
public record RestoreRequest(
        CreateRequest create,
        CriuOptions options,
        @Nullable String lsmProfile,
        @Nullable String lsmMountContext) {}
