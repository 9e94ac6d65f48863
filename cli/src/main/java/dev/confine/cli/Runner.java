package dev.confine.cli;

import dev.confine.ConfineException;
import dev.confine.cli.config.Choices;
import dev.confine.cli.report.Reporter;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.launch.ConversationLost;
import dev.confine.runtime.Backends;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;

/** Runs a verb and turns what it throws into words and an exit code: the only place that does. */
final class Runner {
    private Runner() {}

    static Exit run(Verb verb, Choices choices, Session session, Backends backends) {
        Reporter reporter = Reporter.of(session, choices);
        try {
            reporter.open();
        } catch (ConfineException unwritable) {
            Reporter.plain(session).failure(unwritable);
            return Exit.code(verb.failure());
        }
        try {
            return verb.run(new Workplace(
                    session, choices.root(), reporter, choices.backend(), choices.cgroupManager(), backends));
        } catch (ConversationLost lost) {
            throw lost;
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
            reporter.failure(failure);
            return Exit.code(verb.failure());
        }
    }
}
