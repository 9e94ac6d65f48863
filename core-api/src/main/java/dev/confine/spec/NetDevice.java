package dev.confine.spec;

/**
 * What becomes of a network interface of the host, {@code config-linux.md#network-devices}.
 *
 * @param name inside, empty to keep the host's
 */
public record NetDevice(String name) {}
