package dev.confine.runtime.systemd;

import java.util.List;

/**
 * A property of a unit, as {@code org.freedesktop.systemd1(5)} has them.
 *
 * @param signature the type of D-Bus
 * @param value of a number a Long (of a double a Double), of an array or a struct a List of these, else a String or a Boolean
 */
public record UnitProperty(String name, String signature, Object value) {
    /** A number without a sign, {@code t}; -1 is the greatest, which mostly means no limit. */
    public static UnitProperty number(String name, long value) {
        return new UnitProperty(name, "t", value);
    }

    public static UnitProperty text(String name, String value) {
        return new UnitProperty(name, "s", value);
    }

    public static UnitProperty flag(String name, boolean value) {
        return new UnitProperty(name, "b", value);
    }

    /** Bytes, each from 0 to 255. */
    public static UnitProperty bytes(String name, List<Long> value) {
        return new UnitProperty(name, "ay", value);
    }
}
