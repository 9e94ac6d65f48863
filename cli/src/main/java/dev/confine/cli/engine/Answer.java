package dev.confine.cli.engine;

import dev.confine.cli.config.Choices;
import dev.confine.cli.verb.Verb;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;

/** How a command is answered once it is known what it is; it throws only what is about the conversation. */
@FunctionalInterface
public interface Answer {
    Exit run(Verb verb, Choices choices, Session session);
}
