package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.cgroup.Change;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.compile.CgroupPrograms;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Resources;
import dev.confine.spec.Spec;
import dev.confine.spi.Context;
import dev.confine.state.ContainerState;
import dev.confine.validate.Violation;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Changes the limits of a container, and what is remembered of them. When the kernel refuses one the message says which have changed before it. */
final class LimitChange {
    private final Conversation front;
    private final Context context;
    private final StateStore store;
    private final ContainerState state;
    private final Spec kept;

    LimitChange(Conversation front, Context context, StateStore store, ContainerState state, Spec kept) {
        this.front = front;
        this.context = context;
        this.store = store;
        this.state = state;
        this.kept = kept;
    }

    void run(Resources asked) {
        Resources before = kept.linux().resources();
        List<Violation> found = new ArrayList<>();
        List<Write> writes = Change.plan(state.cgroups(), before, asked, found);
        if (!found.isEmpty()) {
            throw new ConfineException(ContainerCgroups.text(found));
        }
        ContainerScope.set(context, state, writes);
        write(writes);
        Spec changed = kept.withLinux(kept.linux().withResources(before.with(asked)));
        byte[] content = SpecWriter.toJson(changed).getBytes(StandardCharsets.UTF_8);
        StateStore.replace(new File(store.config(state.id())), content);
    }

    private void write(List<Write> writes) {
        Compiled program = CgroupPrograms.write(writes);
        try {
            front.run(program.program());
            front.awaitDone();
        } catch (LaunchFailure e) {
            String message =
                    String.valueOf(new Failures(program, null).explain(e, "").getMessage());
            throw new ConfineException(message + changed(writes, e.step().what()), e);
        }
    }

    private static String changed(List<Write> writes, String failed) {
        StringBuilder text = new StringBuilder();
        for (Write write : writes) {
            Write otherwise = write.otherwise();
            if (failed.equals(what(write)) || (otherwise != null && failed.equals(what(otherwise)))) {
                break;
            }
            text.append(text.length() == 0 ? "; what has changed before: " : ", ")
                    .append(write.path());
        }
        return text.toString();
    }

    /** As the step that writes it says it. */
    private static String what(Write write) {
        return "write " + write.value() + " to " + write.path();
    }
}
