package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.HookReport;
import dev.confine.runtime.compile.SmallPrograms;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.Log;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.io.File;
import java.util.List;

/** Java's side of hooks: those that a container was made with, and what is said of them. Programs run them. */
final class ContainerHooks {
    private final Conversation front;
    private final StateStore store;
    private final Log log;
    private final Caller caller;
    private String said = "";

    ContainerHooks(Conversation front, StateStore store, Context context) {
        this.front = front;
        this.store = store;
        this.log = context.log();
        this.caller = context.session().caller();
    }

    /** The hooks in the configuration that the container was made from. */
    Hooks of(ContainerId id) {
        String file = store.config(id);
        Hooks hooks = new File(file).isFile() ? kept(file) : Hooks.NONE;
        return hooks.isEmpty() ? hooks : hooks.inheriting(caller.variables());
    }

    /** Most configurations have none, and to see that is quicker than to read them. */
    private static Hooks kept(String file) {
        byte[] content = SpecReader.content(file);
        return has(content, "\"hooks\"") || has(content, "\\u00") ? SpecReader.hooks(file, content) : Hooks.NONE;
    }

    private static boolean has(byte[] content, String word) {
        for (int i = 0; i + word.length() <= content.length; i++) {
            int same = 0;
            while (same < word.length() && content[i + same] == word.charAt(same)) {
                same++;
            }
            if (same == word.length()) {
                return true;
            }
        }
        return false;
    }

    /** Those that run when it is gone; none where the configuration cannot be read any more, because it has to go all the same. */
    List<Hook> poststop(ContainerId id) {
        try {
            return of(id).poststop();
        } catch (ConfineException e) {
            log.warn("no hooks run: " + e.getMessage());
            return List.of();
        }
    }

    /** The next event of the program that is not a hook's failure; what is said of that is kept. Throws as {@link Conversation#await} does. */
    Event await() {
        while (true) {
            Event event = front.await();
            if (!(event instanceof Event.Bytes bytes) || bytes.tag() != Tags.HOOK_FAILED) {
                return event;
            }
            said = HookReport.words(bytes.content());
        }
    }

    /** What was said of the hook that failed, or empty. */
    String said() {
        return said;
    }

    /** Runs the hooks poststop of a container that is gone. */
    void runPoststop(ContainerState state, List<Hook> hooks) {
        if (hooks.isEmpty()) {
            return;
        }
        front.run(SmallPrograms.poststop(state, hooks).program());
        boolean done = false;
        while (!done) {
            try {
                Event event = front.await();
                warn(hooks, event);
                done = event instanceof Event.Done;
            } catch (LaunchFailure e) {
                log.warn(e.getMessage());
            }
        }
    }

    /** What a program says of hooks poststop is a warning. */
    void warn(List<Hook> hooks, Event event) {
        if (event instanceof Event.Bytes bytes && bytes.tag() == Tags.HOOK_FAILED) {
            int index = HookReport.index(bytes.content());
            if (index < hooks.size()) {
                log.warn(failure("poststop", hooks, bytes.content()).getMessage());
            }
        }
    }

    /** The failure of one of {@code hooks} that {@code report} tells. */
    static ConfineException failure(String kind, List<Hook> hooks, byte[] report) {
        int index = HookReport.index(report);
        return new ConfineException("run the hook " + hooks.get(index).path() + ": " + HookReport.words(report)
                + " (config.json /hooks/" + kind + "/" + index + ")");
    }
}
