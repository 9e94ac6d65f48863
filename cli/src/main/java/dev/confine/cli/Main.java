package dev.confine.cli;

import dev.confine.ConfineException;
import dev.confine.cli.config.EngineWish;
import dev.confine.cli.config.SettingsFiles;
import dev.confine.cli.hot.HotArguments;
import dev.confine.cli.report.Reporter;
import dev.confine.cli.verb.Invocation;
import dev.confine.launch.Conversation;
import dev.confine.launch.ConversationLost;
import dev.confine.launch.SocketConversation;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's entry. The front that started it is on standard input; arguments, directory and environment are those the front tells, not the JVM's own.
 * What callers start all day is answered before Quarkus is booted, by a JVM whose cache holds nothing else; for all other commands the front is asked to start
 * one with a cache of everything, which says so by the property {@value #FULL}.
 */
@QuarkusMain
public final class Main {
    static final String FULL = "dev.confine.full";

    private Main() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        Runtime.getRuntime().halt(run());
    }

    private static int run() {
        SocketConversation conversation;
        try {
            conversation = SocketConversation.onStandardInput();
        } catch (ConversationLost lost) {
            System.err.println("confine: " + lost.getMessage() + " (java is started by bin/confine, not by hand)");
            return 1;
        }
        try {
            Invocation hot = hot(conversation);
            if (hot == null && !Boolean.getBoolean(FULL)) {
                conversation.again();
                return 0;
            }
            Exit exit = answer(hot, conversation, conversation.declined());
            if (!exit.byFront()) {
                conversation.exit(exit.code());
            }
            return exit.code();
        } catch (ConversationLost lost) {
            if (!(lost.getCause() instanceof IOException)) {
                System.err.println("confine: " + lost.getMessage());
            }
            // else the caller was ended, and has its exit status from whoever did that
            return 1;
        }
    }

    /** Answers a command of {@link Training}, which is a hot one: whoever has settings of another kind has caches all the same. */
    static Exit rehearse(Conversation conversation) {
        Caller caller = conversation.caller();
        // looked for, as in every command, and not heeded
        SettingsFiles.isPlain(caller);
        return answer(HotArguments.parse(caller.args()), conversation, false);
    }

    private static Exit answer(@Nullable Invocation hot, Conversation conversation, boolean declined) {
        try {
            if (hot != null) {
                EngineWish.plain(conversation.caller()).check(declined);
            }
            return hot == null ? Booted.answer(conversation) : HotWay.answer(hot, conversation);
        } catch (ConversationLost lost) {
            throw lost;
        } catch (ConfineException | IllegalStateException | LinkageError failure) {
            Reporter.plain(conversation).failure(failure);
            return Exit.code(1);
        }
    }

    private static @Nullable Invocation hot(Conversation conversation) {
        if (Boolean.getBoolean(FULL)) {
            return null;
        }
        Invocation invocation = HotArguments.parse(conversation.caller().args());
        return invocation != null && SettingsFiles.isPlain(conversation.caller()) ? invocation : null;
    }
}
