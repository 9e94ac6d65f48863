package dev.confine.spec;

/**
 * An offset of a clock in a time namespace, {@code config-linux.md#offset-for-time-namespace}.
 *
 * @param secs seconds, may be negative
 * @param nanosecs nanoseconds, unsigned 32 bits
 */
public record TimeOffset(long secs, long nanosecs) {}
