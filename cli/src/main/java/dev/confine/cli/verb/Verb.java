package dev.confine.cli.verb;

import dev.confine.spi.Exit;

/** A verb with its arguments. Implementations are records, so that two ways of reading a command line can be compared. */
public interface Verb {
    /**
     * Does it, and says how the command ends.
     *
     * @throws dev.confine.ConfineException when it cannot be done; nothing is left behind then
     */
    Exit run(Workplace workplace);

    /** The exit code when it cannot be done. */
    default int failure() {
        return 1;
    }

    /** Whether it is about the engine itself, and so no command that an engine could be required for. */
    default boolean isAboutTheEngine() {
        return false;
    }
}
