package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/**
 * One rule of the allowed devices, {@code config-linux.md#allowed-device-list}; later rules win.
 *
 * @param allow or deny
 * @param type {@code a}, {@code c} or {@code b}; empty means all
 * @param major number, or null for all
 * @param minor number, or null for all
 * @param access letters of {@code rwm}, empty for all
 */
public record DeviceCgroup(
        boolean allow,
        String type,
        @Nullable Long major,
        @Nullable Long minor,
        String access) {}
