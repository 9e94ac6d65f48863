package dev.confine.cli;

import dev.confine.ConfineException;
import dev.confine.cli.command.CommandLines;
import dev.confine.cli.command.Reading;
import dev.confine.cli.config.BackendJars;
import dev.confine.cli.config.CacheWish;
import dev.confine.cli.config.Choices;
import dev.confine.cli.config.EngineWish;
import dev.confine.cli.config.Settings;
import dev.confine.cli.report.Reporter;
import dev.confine.cli.verb.Verb;
import dev.confine.launch.Conversation;
import dev.confine.launch.SocketConversation;
import dev.confine.runtime.Backends;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** What runs once Quarkus is up: reads the command line with picocli, and runs the verb with all settings. */
public final class Application implements QuarkusApplication {
    private final Settings settings;

    @Inject
    Application(Settings settings) {
        this.settings = settings;
    }

    /** Ends the JVM here: shutting Quarkus down in good order would cost more than the whole command. */
    @Override
    public int run(String... none) {
        Session session = Booted.session();
        if (!(session instanceof Conversation conversation)) {
            return 1;
        }
        Exit exit = answer(conversation);
        if (!exit.byFront()) {
            conversation.exit(exit.code());
        }
        Runtime.getRuntime().halt(exit.code());
        return exit.code();
    }

    Exit answer(Session session) {
        try {
            Reading reading = CommandLines.read(session.caller().args());
            if (reading.invocation() == null) {
                session.out(reading.text());
                return Exit.OK;
            }
            Choices choices = Choices.of(reading.invocation().global(), settings);
            CacheWish.parse(settings.cache());
            Verb verb = reading.invocation().verb();
            if (!verb.isAboutTheEngine()) {
                EngineWish.parse(settings.engine()).check(isDeclined(session));
            }
            return Runner.run(verb, choices, session, backends(session));
        } catch (ConfineException failure) {
            Reporter.early(session).failure(failure);
            return Exit.code(1);
        }
    }

    private static boolean isDeclined(Session session) {
        return session instanceof SocketConversation conversation && conversation.declined();
    }

    private Backends backends(Session session) {
        ClassLoader own = Application.class.getClassLoader();
        return settings.backends()
                .path()
                .map(path -> Backends.installed(BackendJars.loader(path, session.caller(), own)))
                .orElseGet(BuiltIn::backends);
    }
}
