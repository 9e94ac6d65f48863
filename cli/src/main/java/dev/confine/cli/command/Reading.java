package dev.confine.cli.command;

import dev.confine.cli.verb.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * A command line that was understood.
 *
 * @param invocation what to do, or null when only {@code text} is to be printed
 * @param text help or version
 */
public record Reading(@Nullable Invocation invocation, String text) {
    static Reading of(Invocation invocation) {
        return new Reading(invocation, "");
    }

    static Reading text(String text) {
        return new Reading(null, text);
    }
}
