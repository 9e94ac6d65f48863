package dev.confine.cli;

import dev.confine.launch.Conversation;
import dev.confine.launch.SocketConversation;
import dev.confine.runtime.InstalledBackend;
import dev.confine.runtime.lifecycle.FilterRehearsal;
import dev.confine.spi.Exit;
import dev.confine.spi.Rehearsal;

/**
 * Another entry, for lib/train: drives verbs in one JVM, so that what they load can be recorded in a cache: the hot ones, or with {@link Main#FULL} those that need
 * everything. The single argument is a directory with a bundle. What the machine cannot do, such as make a namespace, fails there and is missing in the
 * cache, which costs time and nothing else.
 */
public final class Training {
    private static final String[][] COMMANDS = {
        {"state", "unknown"},
        {"features"},
        {"list", "-q"},
        {"create", "--bundle", "BUNDLE", "--pid-file", "BUNDLE/pid", "NAME-one"},
        {"state", "NAME-one"},
        // one that cannot be executed: nobody would reap it here, and its container could not end
        {"exec", "--detach", "NAME-one", "missing"},
        {"start", "NAME-one"},
        {"kill", "NAME-one", "KILL"},
        {"delete", "--force", "NAME-one"},
        {"--backend", "newuidmap", "run", "--detach", "--bundle", "BUNDLE", "NAME-two"},
        {"delete", "--force", "NAME-two"},
        {"create", "--bundle", "BUNDLE/limited", "NAME-limited"},
        {"delete", "--force", "NAME-limited"},
        {"run", "--bundle", "BUNDLE", "NAME-three"},
    };

    private Training() {}

    /** Takes no arguments: they come from the front, as in {@link Main}. */
    public static void main(String[] args) {
        Conversation conversation = SocketConversation.onStandardInput();
        if (Boolean.getBoolean(Main.FULL)) {
            Booted.run(conversation, FullTraining.class);
        } else {
            hot(conversation);
        }
    }

    private static void hot(Conversation conversation) {
        for (InstalledBackend installed : BuiltIn.backends().all()) {
            if (installed.backend() instanceof Rehearsal backend) {
                backend.rehearse();
            }
        }
        new FilterRehearsal(conversation.caller()).rehearse();
        Exit last = Exit.OK;
        for (String[] command : COMMANDS) {
            last = Main.rehearse(new Pupil(conversation, command));
        }
        if (!last.byFront()) {
            conversation.exit(last.code());
        }
        Runtime.getRuntime().halt(last.code());
    }
}
