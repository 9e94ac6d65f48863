package dev.confine.spi;

/**
 * How a command ends.
 *
 * @param code the exit code, 0 to 255
 * @param byFront true when the process in front ends by itself and Java has nothing more to say to it; then {@code code} is 0
 */
public record Exit(int code, boolean byFront) {
    public static final Exit OK = new Exit(0, false);
    public static final Exit FRONT = new Exit(0, true);

    public static Exit code(int code) {
        return new Exit(code, false);
    }
}
