package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.Quoted;

/** Whether caches of the JVM are made when those there are do not fit, {@code confine.cache}. It is lib/find-java that heeds it; here it is checked. */
public enum CacheWish {
    AUTO,
    OFF;

    /** @throws ConfineException for another word */
    public static CacheWish parse(String word) {
        return switch (word) {
            case "auto" -> AUTO;
            case "off" -> OFF;
            default -> throw new ConfineException("confine.cache is " + Quoted.text(word) + ": write auto or off");
        };
    }
}
