package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.SpecArguments;
import dev.confine.idmap.MapPreset;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** {@code spec}: writes a config.json to start from. It replaces none. */
public record SpecVerb(SpecArguments arguments) implements Verb {
    private static final int READ_AND_WRITE = 0666;

    @Override
    public Exit run(Workplace workplace) {
        Caller caller = workplace.session().caller();
        Path file = Path.of(caller.resolve(arguments.bundle()), "config.json");
        write(file, SpecWriter.toJson(spec(workplace)), READ_AND_WRITE & ~caller.umask());
        return Exit.OK;
    }

    private Spec spec(Workplace workplace) {
        Caller caller = workplace.session().caller();
        Spec spec = arguments.rootless()
                ? DefaultSpec.rootless(
                        arguments.maps().isEmpty()
                                ? MapLayer.best(workplace)
                                : MapLayer.resolve(arguments.maps(), caller))
                : MapLayer.over(DefaultSpec.rootful(), arguments.maps(), caller);
        String preset = arguments.maps().preset();
        return preset != null && MapPreset.parse(preset) == MapPreset.KEEP_ID ? asCaller(spec, caller) : spec;
    }

    /** Who keeps the own id means to be that user; on run and create config.json says who the process is. */
    private static Spec asCaller(Spec spec, Caller caller) {
        Process process = Objects.requireNonNull(spec.process(), "a default has a process");
        return spec.withProcess(process.withUser(new User(caller.uid(), caller.gid())));
    }

    /** The mode is set, as the JVM's own umask keeps everything to the user. */
    private static void write(Path file, String json, int mode) {
        try {
            Files.write(
                    file,
                    json.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            Files.setAttribute(file, "unix:mode", mode);
        } catch (FileAlreadyExistsException there) {
            throw new ConfineException(
                    "file " + file + " exists: remove it first, or name another bundle with --bundle", there);
        } catch (NoSuchFileException missing) {
            throw new ConfineException("the bundle " + file.getParent() + " is not a directory (--bundle)", missing);
        } catch (IOException unwritable) {
            throw new ConfineException(
                    "write the configuration: " + unwritable.getMessage() + " (" + file + ")", unwritable);
        }
    }
}
