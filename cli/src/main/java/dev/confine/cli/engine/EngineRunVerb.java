package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.spi.Exit;

/** {@code engine run}: becomes the engine, for a service manager. */
public record EngineRunVerb() implements Verb {
    @Override
    public boolean isAboutTheEngine() {
        return true;
    }

    @Override
    public Exit run(Workplace workplace) {
        Start start = new Start(workplace.session());
        if (!start.process().isActivated() && start.isAnswered()) {
            throw new ConfineException("an engine answers at " + start.socket() + " already");
        }
        start.prepare();
        start.run(start.process().program().inPlace(start.process().isActivated() ? 1 : 0));
        return Exit.FRONT;
    }
}
