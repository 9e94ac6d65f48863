package dev.confine.spec;

/**
 * A rate of one block device.
 *
 * @param major device number
 * @param minor device number
 * @param rate bytes or operations a second, unsigned 64 bits
 */
public record ThrottleDevice(long major, long minor, long rate) {}
