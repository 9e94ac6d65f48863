package dev.confine.runtime.systemd;

import dev.confine.ConfineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Properties that annotations give a container's scope, {@code "org.systemd.property.TimeoutStopUSec": "uint64 5000000"}, as runc has them. {@code TimeoutStopSec} is taken too,
 * with a number of seconds.
 */
public final class AnnotatedProperties {
    /** What the names of such annotations begin with. */
    public static final String PREFIX = "org.systemd.property.";

    private static final int SHORTEST = 3;
    private static final double MICROSECONDS = 1_000_000;

    private AnnotatedProperties() {}

    /** In the order of their names. */
    public static List<UnitProperty> of(Map<String, String> annotations) {
        List<UnitProperty> properties = new ArrayList<>();
        for (Map.Entry<String, String> annotation : new TreeMap<>(annotations).entrySet()) {
            if (annotation.getKey().startsWith(PREFIX)) {
                String name = annotation.getKey().substring(PREFIX.length());
                try {
                    properties.add(property(name, annotation.getValue()));
                } catch (IllegalArgumentException e) {
                    throw new ConfineException(
                            "config.json /annotations/" + annotation.getKey() + " " + e.getMessage(), e);
                }
            }
        }
        return properties;
    }

    private static UnitProperty property(String name, String text) {
        if (name.length() < SHORTEST) {
            throw new IllegalArgumentException("names no property of systemd: it is too short");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
                throw new IllegalArgumentException("names no property of systemd: it has more than letters");
            }
        }
        VariantText.Typed value = VariantText.parse(text);
        boolean seconds = name.endsWith("Sec") && name.length() > SHORTEST && !name.endsWith("USec");
        return seconds
                ? microseconds(name.substring(0, name.length() - SHORTEST) + "USec", value)
                : new UnitProperty(name, value.signature(), value.value());
    }

    private static UnitProperty microseconds(String name, VariantText.Typed value) {
        if (value.value() instanceof Long seconds) {
            return UnitProperty.number(name, (long) (seconds * MICROSECONDS));
        }
        if (value.value() instanceof Double seconds) {
            return UnitProperty.number(name, (long) (seconds * MICROSECONDS));
        }
        throw new IllegalArgumentException("is a time, which takes a number of seconds");
    }
}
