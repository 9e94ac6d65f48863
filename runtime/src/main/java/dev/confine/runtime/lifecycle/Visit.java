package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.LookCompiler;
import dev.confine.runtime.compile.Tags;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;
import dev.confine.spi.Session;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A process in a user namespace that may have none, for as long as somebody looks at it: its maps are shown by a process alone. It runs nothing, and is gone
 * afterwards. Whoever asks needs the rights of root there, as who made the namespace has them.
 */
public final class Visit {
    private Visit() {}

    /**
     * Lets {@code look} have the pid of such a process; not at all where the namespace may not be entered.
     *
     * @param file that leads to the namespace, for the launcher too
     */
    public static void in(Session session, String file, LongConsumer look) {
        if (!(session instanceof Conversation front)) {
            return;
        }
        Compiled compiled = LookCompiler.beneath(
                Enquirer.in(List.of(new Namespace(NamespaceType.USER, file)), front, User.ROOT, List.of()), "/");
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            look.accept(front.awaitValue(Tags.PID));
        } catch (ConfineException refused) {
            // what is there cannot be known, as before
        } finally {
            front.cancel();
        }
    }
}
