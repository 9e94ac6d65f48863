package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/**
 * Limits of one RDMA device, {@code config-linux.md#rdma}; null for no limit.
 *
 * @param hcaHandles unsigned 32 bits
 * @param hcaObjects unsigned 32 bits
 */
public record Rdma(@Nullable Long hcaHandles, @Nullable Long hcaObjects) {}
