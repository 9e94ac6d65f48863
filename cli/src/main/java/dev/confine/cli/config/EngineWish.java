package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.spi.Caller;

/** Whether a running engine is to answer, {@code confine.engine}. */
public enum EngineWish {
    AUTO,
    OFF,
    REQUIRE;

    /** @throws ConfineException for another word */
    public static EngineWish parse(String word) {
        return switch (word) {
            case "auto" -> AUTO;
            case "off" -> OFF;
            case "require" -> REQUIRE;
            default ->
                throw new ConfineException("confine.engine is " + Quoted.text(word) + ": write auto, off or require");
        };
    }

    /** From the environment alone. */
    public static EngineWish plain(Caller caller) {
        String word = caller.environment().getOrDefault("CONFINE_ENGINE", "");
        return word.isEmpty() ? AUTO : parse(word);
    }

    /**
     * To be asked by a JVM that was started for the command.
     *
     * @param declined whether an engine was there and has left the command to others
     * @throws ConfineException where one is required and none has answered
     */
    public void check(boolean declined) {
        if (this == REQUIRE && !declined) {
            throw new ConfineException("no engine answers, and confine.engine=require (see confine engine status; start"
                    + " one with: confine engine start)");
        }
    }
}
