package dev.confine.idmap;

/**
 * One line of a map, user_namespaces(7): {@code size} ids from {@code inside} on are those from {@code outside} on. Ids are unsigned 32 bits.
 *
 * @param inside first id in the user namespace
 * @param outside first id in the parent of it
 * @param size how many, at least 1
 */
public record Extent(long inside, long outside, long size) {}
