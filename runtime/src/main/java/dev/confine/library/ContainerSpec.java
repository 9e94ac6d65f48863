package dev.confine.library;

import dev.confine.ConfineException;
import dev.confine.idmap.HostTexts;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapPreset;
import dev.confine.idmap.MapRequest;
import dev.confine.runtime.config.ConfigException;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.runtime.config.MappedSpec;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.spec.Mount;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.Log;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is to run, and in what. Either a bundle, whose config.json says it all, or a root file system with what {@code confine spec} writes for whoever runs the JVM: for root no
 * user namespace, for others one with all their subordinate ids. Immutable; each method gives a changed copy. Nothing is read or checked before a container is started.
 */
public final class ContainerSpec {
    private final Path bundle;
    private final @Nullable Path rootfs;
    private final List<UnaryOperator<Spec>> changes;
    private final @Nullable MapPreset map;

    private ContainerSpec(
            Path bundle, @Nullable Path rootfs, List<UnaryOperator<Spec>> changes, @Nullable MapPreset map) {
        this.bundle = bundle;
        this.rootfs = rootfs;
        this.changes = List.copyOf(changes);
        this.map = map;
    }

    /** The configuration in the file {@code config.json} of this directory. */
    public static ContainerSpec bundle(Path directory) {
        return new ContainerSpec(directory.toAbsolutePath().normalize(), null, List.of(), null);
    }

    /** A program in this root file system, which it cannot write to. */
    public static ContainerSpec of(Path rootfs, String... args) {
        Path root = rootfs.toAbsolutePath().normalize();
        Path parent = root.getParent();
        return new ContainerSpec(parent == null ? root : parent, root, List.of(), null).args(args);
    }

    /** The program and its arguments. */
    public ContainerSpec args(String... args) {
        List<String> words = List.of(args);
        return process(process -> process.withArgs(words));
    }

    /** A further variable of the program's environment; the last one of a name counts. */
    public ContainerSpec env(String name, String value) {
        return process(process -> {
            List<String> entries = new ArrayList<>(process.env());
            entries.removeIf(entry -> entry.startsWith(name + "="));
            entries.add(name + "=" + value);
            return process.withEnv(entries);
        });
    }

    /** A file or directory of the host, with further options of a mount such as {@code ro}. */
    public ContainerSpec bind(Path source, String destination, String... options) {
        List<String> words = new ArrayList<>(List.of("rbind", "rprivate"));
        words.addAll(List.of(options));
        Mount mount = new Mount(destination, "bind", source.toAbsolutePath().toString(), words);
        return change(spec -> {
            List<Mount> mounts = new ArrayList<>(spec.mounts());
            mounts.add(mount);
            return spec.withMounts(mounts);
        });
    }

    /** The root file system can be written to. */
    public ContainerSpec writable() {
        return change(spec -> {
            Root root = spec.root();
            return root == null ? spec : spec.withRoot(new Root(root.path(), false));
        });
    }

    /** In a new user namespace with these ids, as with {@code --map}. */
    public ContainerSpec map(MapPreset preset) {
        return new ContainerSpec(bundle, rootfs, changes, preset);
    }

    /** Whatever else config.json can say. */
    public ContainerSpec change(UnaryOperator<Spec> change) {
        List<UnaryOperator<Spec>> more = new ArrayList<>(changes);
        more.add(change);
        return new ContainerSpec(bundle, rootfs, more, map);
    }

    private ContainerSpec process(UnaryOperator<Process> change) {
        return change(spec -> {
            Process process = spec.process();
            return process == null ? spec : spec.withProcess(change.apply(process));
        });
    }

    String directory() {
        return bundle.toString();
    }

    /** @param config the text of {@code spec} */
    record Read(Spec spec, byte[] config) {}

    /**
     * What holds for this caller.
     *
     * @throws ConfineException with everything that is wrong in it
     */
    Read read(Caller caller, Log log) {
        String file = rootfs == null ? bundle + "/config.json" : rootfs.toString();
        byte[] content = rootfs == null ? SpecReader.content(file) : new byte[0];
        Spec spec = rootfs == null ? SpecReader.parse(file, content) : generated(caller, log);
        for (UnaryOperator<Spec> change : changes) {
            spec = change.apply(spec);
        }
        if (map != null) {
            spec = MappedSpec.over(spec, maps(map, caller));
        }
        check(file, spec, log);
        boolean asWritten = rootfs == null && changes.isEmpty() && map == null;
        return new Read(spec, asWritten ? content : SpecWriter.toJson(spec).getBytes(StandardCharsets.UTF_8));
    }

    private Spec generated(Caller caller, Log log) {
        Spec spec = caller.isRoot() ? DefaultSpec.rootful() : DefaultSpec.rootless(bestMaps(caller, log));
        return spec.withRoot(new Root(Objects.requireNonNull(rootfs).toString(), true));
    }

    private static IdMaps bestMaps(Caller caller, Log log) {
        try {
            return maps(MapPreset.AUTO, caller);
        } catch (IdMapException missing) {
            log.warn("only your own id is mapped: " + missing.getMessage());
            return maps(MapPreset.SELF, caller);
        }
    }

    private static IdMaps maps(MapPreset preset, Caller caller) {
        return MapRequest.of(preset).resolve(HostTexts.ofThisHost(), caller.uid(), caller.gid());
    }

    private static void check(String file, Spec spec, Log log) {
        List<Violation> violations = SpecValidator.validate(spec);
        if (!violations.isEmpty()) {
            throw ConfigException.of(file, violations);
        }
        for (Violation warning : SpecValidator.warnings(spec)) {
            log.warn(warning.toString());
        }
    }
}
