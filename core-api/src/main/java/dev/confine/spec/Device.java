package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/**
 * A device node to make, {@code config-linux.md#devices}.
 *
 * @param type {@code c}, {@code b}, {@code u} or {@code p} as in mknod(1)
 * @param path absolute, in the container
 * @param major device number, or null; needed unless {@code p}
 * @param minor device number, or null; needed unless {@code p}
 * @param fileMode permission bits, or null
 * @param uid owner inside, unsigned 32 bits, or null
 * @param gid group inside, unsigned 32 bits, or null
 */
public record Device(
        String type,
        String path,
        @Nullable Long major,
        @Nullable Long minor,
        @Nullable Integer fileMode,
        @Nullable Long uid,
        @Nullable Long gid) {}
