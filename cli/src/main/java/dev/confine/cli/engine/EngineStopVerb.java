package dev.confine.cli.engine;

import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.spi.Exit;

/** {@code engine stop}, where no engine has answered it: then there is nothing to stop. */
public record EngineStopVerb() implements Verb {
    @Override
    public boolean isAboutTheEngine() {
        return true;
    }

    @Override
    public Exit run(Workplace workplace) {
        workplace
                .session()
                .out("no engine answers at "
                        + EngineSocket.of(workplace.session().caller()) + "\n");
        return Exit.OK;
    }
}
