package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.runtime.lifecycle.ProcessStat;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.Lifecycle;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Whom a command is asked about: a container of ours, a process, or a bundle that may never have run. A name that is both a container and a number is the
 * container.
 *
 * @param word as written
 * @param pid of the process, or of the container's first one; 0 for a bundle, and for a container that has no process the caller may look at
 * @param container what is remembered of it; null for the others
 * @param bundle absolute path, for a container its own; null for a process
 * @param spec the configuration that a container was made with; null for the others
 */
public record Subject(
        String word,
        long pid,
        @Nullable ContainerState container,
        @Nullable String bundle,
        @Nullable Spec spec) {

    /**
     * Finds what {@code word} means.
     *
     * @throws ConfineException when it means nothing, or a process that has ended
     */
    public static Subject of(String word, Workplace workplace) {
        if (ContainerId.isValid(word)) {
            ContainerId id = ContainerId.parse(word);
            if (workplace.remembers(id)) {
                Lifecycle lifecycle = workplace.lifecycleOf(id);
                return ofContainer(
                        lifecycle.state(id),
                        lifecycle.config(id),
                        workplace.session().caller());
            }
        }
        long pid = number(word);
        if (pid > 0) {
            return ofProcess(word, pid);
        }
        String bundle = workplace.session().caller().resolve(word);
        if (new File(bundle, "config.json").isFile()) {
            return new Subject(word, 0, null, Requests.withoutDots(bundle), null);
        }
        throw new ConfineException(
                Quoted.text(word)
                        + " is neither a container of confine (see confine list), nor a process, nor a bundle with config.json");
    }

    private static Subject ofContainer(ContainerState state, Spec spec, Caller caller) {
        long pid = AccessSubject.isClosed(state, caller) ? 0 : state.pid();
        return new Subject(state.id().value(), pid, state, state.bundle(), spec);
    }

    private static Subject ofProcess(String word, long pid) {
        ProcessStat stat = ProcessStat.of(pid);
        if (stat == null || !stat.alive()) {
            throw new ConfineException("process " + pid + ": ESRCH: no such process"
                    + (stat == null ? "" : ": it has ended, and its parent has not waited for it"));
        }
        return new Subject(word, pid, null, null, null);
    }

    private static long number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
