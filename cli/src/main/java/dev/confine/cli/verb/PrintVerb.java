package dev.confine.cli.verb;

import dev.confine.spi.Exit;

/** A verb whose answer is known once the command line is read. */
public record PrintVerb(String text) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        workplace.session().out(text);
        return Exit.OK;
    }
}
