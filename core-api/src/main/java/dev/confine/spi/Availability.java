package dev.confine.spi;

/**
 * Whether a backend can run here.
 *
 * @param usable whether {@code auto} may choose it
 * @param reason why not, or a remark on what is limited, for example {@code no range for "ana" in /etc/subuid}; empty when all is well
 */
public record Availability(boolean usable, String reason) {
    public static Availability yes() {
        return new Availability(true, "");
    }

    public static Availability limited(String remark) {
        return new Availability(true, remark);
    }

    public static Availability no(String reason) {
        return new Availability(false, reason);
    }
}
