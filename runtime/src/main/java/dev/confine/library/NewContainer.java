package dev.confine.library;

import dev.confine.state.ContainerId;
import java.lang.ProcessBuilder.Redirect;
import java.util.UUID;

/** A container that is about to be started, with what is not of its configuration: its name, and where its stdio go. For one thread. */
public final class NewContainer {
    private final Confine confine;
    private final ContainerSpec spec;
    private ContainerId id = ContainerId.parse(UUID.randomUUID().toString());
    private Redirect in = Redirect.PIPE;
    private Redirect out = Redirect.PIPE;
    private Redirect err = Redirect.PIPE;

    NewContainer(Confine confine, ContainerSpec spec) {
        this.confine = confine;
        this.spec = spec;
    }

    /** In place of a random one. */
    public NewContainer id(String name) {
        id = ContainerId.parse(name);
        return this;
    }

    /** As {@link ProcessBuilder#redirectInput}; a pipe unless it is said. */
    public NewContainer redirectInput(Redirect source) {
        in = source;
        return this;
    }

    /** As {@link ProcessBuilder#redirectOutput}; a pipe unless it is said. */
    public NewContainer redirectOutput(Redirect destination) {
        out = destination;
        return this;
    }

    /** As {@link ProcessBuilder#redirectError}; a pipe unless it is said. */
    public NewContainer redirectError(Redirect destination) {
        err = destination;
        return this;
    }

    /** As {@link ProcessBuilder#inheritIO}. */
    public NewContainer inheritIO() {
        return redirectInput(Redirect.INHERIT).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
    }

    /**
     * Makes the container and starts its program; returns when that runs.
     *
     * @throws dev.confine.ConfineException where it cannot: with the reason, and nothing left behind
     */
    public ContainerProcess start() {
        return confine.start(id, spec, launcher());
    }

    private Launcher launcher() {
        boolean pipes = in.equals(Redirect.PIPE) && out.equals(Redirect.PIPE) && err.equals(Redirect.PIPE);
        return pipes ? confine.launchers().take() : confine.launchers().start(in, out, err);
    }
}
