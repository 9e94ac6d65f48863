package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.config.Settings;

/**
 * How much an engine does.
 *
 * @param idleSeconds without a command after which it ends, 0 for never
 * @param callers that are answered at once
 * @param queue how many more may wait; who comes then starts a JVM of its own
 */
public record EngineLimits(int idleSeconds, int callers, int queue) {
    private static final int MOST = 1_000_000;

    /** @throws ConfineException for a setting that is no such number */
    public static EngineLimits of(Settings settings) {
        return new EngineLimits(
                number("confine.engine-idle", settings.engineIdle(), 0),
                number("confine.engine-callers", settings.engineCallers(), 1),
                number("confine.engine-queue", settings.engineQueue(), 1));
    }

    private static int number(String key, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException none) {
            // as one that is too large
        }
        throw new ConfineException(key + " is " + Quoted.text(text) + ": write a number from " + least + " to " + MOST);
    }
}
