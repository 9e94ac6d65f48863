package dev.confine.cli;

import dev.confine.cli.config.Choices;
import dev.confine.cli.verb.Invocation;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;

/** Answers without Quarkus, settings files or picocli. */
final class HotWay {
    private HotWay() {}

    static Exit answer(Invocation invocation, Session session) {
        Choices choices = Choices.plain(invocation.global(), session.caller());
        return Runner.run(invocation.verb(), choices, session, BuiltIn.backends());
    }
}
