package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.spi.Exit;

/** {@code engine status}, where no engine has answered it. */
public record EngineStatusVerb() implements Verb {
    @Override
    public boolean isAboutTheEngine() {
        return true;
    }

    @Override
    public Exit run(Workplace workplace) {
        throw new ConfineException("no engine answers at "
                + EngineSocket.of(workplace.session().caller()) + " (start one with: confine engine start)");
    }
}
