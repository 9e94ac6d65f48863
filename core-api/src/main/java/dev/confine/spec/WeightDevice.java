package dev.confine.spec;

import org.jspecify.annotations.Nullable;

/** Weights of one block device, null for the cgroup's own. */
public record WeightDevice(
        long major,
        long minor,
        @Nullable Integer weight,
        @Nullable Integer leafWeight) {}
