package dev.confine.spec;

import java.util.List;

/** Programs that run around the life of the container, each list in its order, {@code config.md#posix-platform-hooks}. */
public record Hooks(
        List<Hook> prestart,
        List<Hook> createRuntime,
        List<Hook> createContainer,
        List<Hook> startContainer,
        List<Hook> poststart,
        List<Hook> poststop) {
    public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Hooks {
        prestart = List.copyOf(prestart);
        createRuntime = List.copyOf(createRuntime);
        createContainer = List.copyOf(createContainer);
        startContainer = List.copyOf(startContainer);
        poststart = List.copyOf(poststart);
        poststop = List.copyOf(poststop);
    }

    /**
     * With {@code environment}, entries {@code NAME=value}, for each program of the host that is given none of its own, as peers have it. The programs of the
     * image, startContainer, learn nothing of it.
     */
    public Hooks inheriting(List<String> environment) {
        if (isEmpty()) {
            return this;
        }
        return new Hooks(
                Hook.inheriting(prestart, environment),
                Hook.inheriting(createRuntime, environment),
                Hook.inheriting(createContainer, environment),
                startContainer,
                Hook.inheriting(poststart, environment),
                Hook.inheriting(poststop, environment));
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return prestart.isEmpty()
                && createRuntime.isEmpty()
                && createContainer.isEmpty()
                && startContainer.isEmpty()
                && poststart.isEmpty()
                && poststop.isEmpty();
    }
}
