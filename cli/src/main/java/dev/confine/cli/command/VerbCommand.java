package dev.confine.cli.command;

import dev.confine.cli.verb.Verb;

/** A subcommand once picocli has filled its options in. */
interface VerbCommand {
    /**
     * What was asked for.
     *
     * @throws dev.confine.ConfineException for an option that this version does not serve
     */
    Verb verb();

    /** Whether what follows the first argument is for another program, flags and all. */
    default boolean takesForeignWords() {
        return false;
    }
}
