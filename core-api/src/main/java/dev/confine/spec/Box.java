package dev.confine.spec;

/**
 * The size of a terminal in characters, {@code config.md#process}. Unsigned 64 bits in the file.
 *
 * @param height rows
 * @param width columns
 */
public record Box(long height, long width) {}
