package dev.confine.library;

import dev.confine.ConfineException;
import dev.confine.launch.ConversationLost;
import dev.confine.runtime.Backends;
import dev.confine.runtime.store.StateDirectory;
import dev.confine.runtime.store.StateStore;
import dev.confine.spi.Backend;
import dev.confine.spi.Caller;
import dev.confine.spi.CgroupDriver;
import dev.confine.spi.Context;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.spi.Log;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Containers from this JVM. They are those of the command {@code confine}: in the same state directory, made by the same backends, which the class path must have at least one of. It
 * reads no settings. For any number of threads.
 */
public final class Confine implements AutoCloseable {
    private final Launchers launchers;
    private final Backends backends;
    private final String backend;
    private final CgroupDriver cgroups;
    private final @Nullable String root;
    private final Log log;

    private Confine(Builder builder) {
        this.launchers = new Launchers(
                builder.launcher == null ? LauncherFile.extract() : LauncherFile.of(builder.launcher), builder.waiting);
        this.backends = Backends.installed(builder.loader);
        this.backend = builder.backend;
        this.cgroups = builder.cgroups;
        this.root = builder.root;
        this.log = new Warnings(builder.warnings);
    }

    /** With everything as the command has it without settings. */
    public static Confine open() {
        return builder().open();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A container of a bundle, a directory with a config.json. */
    public NewContainer create(Path bundle) {
        return create(ContainerSpec.bundle(bundle));
    }

    public NewContainer create(ContainerSpec spec) {
        return new NewContainer(this, spec);
    }

    /** What is known of a container, whoever started it. */
    public ContainerState state(String id) {
        ContainerId container = ContainerId.parse(id);
        return ask(lifecycle -> lifecycle.state(container));
    }

    /** Removes a stopped container; with {@code force} one in any state, and none at all is no error. */
    public void delete(String id, boolean force) {
        ContainerId container = ContainerId.parse(id);
        ask(lifecycle -> {
            lifecycle.delete(container, force);
            return container;
        });
    }

    void kill(ContainerId id, int signal) {
        try {
            ask(lifecycle -> {
                lifecycle.kill(id, signal);
                return id;
            });
        } catch (ConfineException ended) {
            log.debug(String.valueOf(ended.getMessage()));
        }
    }

    Launchers launchers() {
        return launchers;
    }

    ContainerProcess start(ContainerId id, ContainerSpec spec, Launcher launcher) {
        boolean started = false;
        try {
            Caller caller = launcher.conversation().caller();
            ContainerSpec.Read read = spec.read(caller, log);
            PidWatch front = new PidWatch(launcher.conversation());
            CreateRequest request = new CreateRequest(
                    id, spec.directory(), read.spec(), read.config(), null, null, null, 0, false, false, false);
            Exit exit = lifecycle(front, true).run(request, false, false);
            if (!exit.byFront()) {
                throw new ConfineException("backend " + backend + " starts no container in the foreground");
            }
            launcher.letGo();
            started = true;
            return new ContainerProcess(this, id, launcher.process(), front.pid());
        } catch (ConversationLost lost) {
            throw new ConfineException("the launcher ended while it started container " + id, lost);
        } finally {
            if (!started) {
                launcher.dismiss(1);
            }
            launchers.replace();
        }
    }

    private interface Question<T> {
        T ask(Lifecycle lifecycle);
    }

    /** A command of its own, with a launcher of its own. */
    private <T> T ask(Question<T> question) {
        Launcher launcher = launchers.take();
        try {
            return question.ask(lifecycle(new PidWatch(launcher.conversation()), false));
        } finally {
            launcher.dismiss(0);
            launchers.replace();
        }
    }

    private Lifecycle lifecycle(PidWatch front, boolean makes) {
        Backend chosen = backends.choose(backend, front.caller());
        String directory = StateDirectory.of(root, front.caller());
        if (makes) {
            makePrivate(directory);
        }
        return chosen.lifecycle(new Context(front, directory, log, cgroups));
    }

    /** The umask of this JVM is not confine's to choose. */
    private static void makePrivate(String directory) {
        if (new File(directory).isDirectory()) {
            return;
        }
        try {
            Files.createDirectories(
                    Path.of(directory),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException unwritable) {
            throw new ConfineException("make the state directory: " + unwritable.getMessage(), unwritable);
        }
    }

    /** The names of all containers in the state directory. */
    public List<String> ids() {
        Launcher launcher = launchers.take();
        try {
            String directory = StateDirectory.of(root, launcher.conversation().caller());
            return new StateStore(directory)
                    .ids().stream().map(ContainerId::value).toList();
        } finally {
            launcher.dismiss(0);
            launchers.replace();
        }
    }

    /** Ends what waits for further containers. Those that run go on, and still end as they should. */
    @Override
    public void close() {
        launchers.close();
    }

    private record Warnings(Consumer<String> taker) implements Log {
        @Override
        public void warn(String message) {
            taker.accept(message);
        }

        @Override
        public void debug(String message) {}
    }

    /** How a {@link Confine} is to be; every method may be left out. */
    public static final class Builder {
        private @Nullable String root;
        private String backend = Backends.AUTO;
        private CgroupDriver cgroups = CgroupDriver.CGROUPFS;
        private @Nullable Path launcher;
        private int waiting = 2;
        private ClassLoader loader = Confine.class.getClassLoader();
        private Consumer<String> warnings =
                text -> System.getLogger("dev.confine").log(System.Logger.Level.WARNING, text);

        private Builder() {}

        /** The state directory, in place of {@code /run/confine} or that of an ordinary user. */
        public Builder root(Path directory) {
            root = directory.toAbsolutePath().toString();
            return this;
        }

        /** A backend's name, in place of the usable one with the highest rank. */
        public Builder backend(String name) {
            backend = name;
            return this;
        }

        /** Who makes cgroups, in place of {@link CgroupDriver#CGROUPFS}. */
        public Builder cgroups(CgroupDriver driver) {
            cgroups = driver;
            return this;
        }

        /** The launcher as it is installed, {@code bin/confine}, in place of the one in the jar, which is written to a directory for temporary files. */
        public Builder launcher(Path file) {
            launcher = file;
            return this;
        }

        /** How many launchers wait for containers whose stdio are pipes, in place of 2; 0 for none. Each is a process of some 100 KB. */
        public Builder waiting(int launchers) {
            waiting = launchers;
            return this;
        }

        /** Where backends are looked for. */
        public Builder classLoader(ClassLoader place) {
            loader = place;
            return this;
        }

        /** Takes what is worth knowing and is no failure, in place of the logger {@code dev.confine}. */
        public Builder warnings(Consumer<String> taker) {
            warnings = taker;
            return this;
        }

        public Confine open() {
            return new Confine(this);
        }
    }
}
