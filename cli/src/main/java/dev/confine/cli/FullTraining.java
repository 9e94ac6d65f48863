package dev.confine.cli;

import dev.confine.launch.Conversation;
import dev.confine.spi.Session;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** The part of {@link Training} for which Quarkus is up. */
public final class FullTraining implements QuarkusApplication {
    private static final String[][] COMMANDS = {
        {"--help"},
        {"run", "--help"},
        {"state", "unknown"},
        {"list"},
        {"list", "--format", "json"},
        {"plan", "BUNDLE"},
        {"spec", "--bundle", "BUNDLE/unwritten"},
        {"backends"},
        {"ns"},
        {"ns", "--tree", "owner"},
        {"ids", "BUNDLE", "0"},
        {"ids", "BUNDLE"},
        {"unheard-of"},
        {"--version"},
    };

    private final Application application;

    @Inject
    FullTraining(Application application) {
        this.application = application;
    }

    @Override
    public int run(String... none) {
        Session session = Booted.session();
        if (session instanceof Conversation conversation) {
            for (String[] command : COMMANDS) {
                application.answer(new Pupil(conversation, command));
            }
            conversation.exit(0);
        }
        Runtime.getRuntime().halt(0);
        return 0;
    }
}
