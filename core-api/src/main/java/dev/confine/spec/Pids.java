package dev.confine.spec;

/**
 * How many tasks there may be, {@code config-linux.md#pids}.
 *
 * @param limit -1 for no limit; 0 is a valid limit
 */
public record Pids(long limit) {}
