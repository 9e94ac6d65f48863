package dev.confine.spec;

/**
 * Priority of traffic through one interface.
 *
 * @param name of the interface
 * @param priority unsigned 32 bits
 */
public record InterfacePriority(String name, long priority) {}
