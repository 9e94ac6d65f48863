package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.UpdateArguments;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Linux;
import dev.confine.spec.Resources;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.state.ContainerId;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code update}: changes the limits of a container; what flags say takes the place of what the file says. */
public record UpdateVerb(UpdateArguments arguments) implements Verb {
    private static final int LARGEST = 1 << 20;

    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        Lifecycle lifecycle = workplace.lifecycleOf(id);
        Resources change = change(workplace.session().caller());
        if (change.withDevices(List.of()).isEmpty()) {
            throw new ConfineException("update: nothing to change: use --resources, or a flag such as --memory");
        }
        Spec kept = lifecycle.config(id);
        Linux linux = kept.linux().withResources(kept.linux().resources().with(change));
        check(kept.withLinux(linux));
        lifecycle.update(id, change);
        return Exit.OK;
    }

    private Resources change(Caller caller) {
        String file = arguments.file();
        return file == null ? arguments.flags() : read(file, caller).with(arguments.flags());
    }

    private static Resources read(String file, Caller caller) {
        if (!file.equals("-")) {
            String path = caller.resolve(file);
            return SpecReader.resources(path, SpecReader.content(path));
        }
        try (FileInputStream in = new FileInputStream("/proc/" + caller.pid() + "/fd/0")) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new ConfineException("--resources -: standard input is larger than " + LARGEST + " bytes");
            }
            return SpecReader.resources("standard input", content);
        } catch (IOException e) {
            throw new ConfineException("--resources -: cannot read standard input: " + e.getMessage(), e);
        }
    }

    private static void check(Spec spec) {
        List<String> lines = new ArrayList<>();
        List<Violation> violations = SpecValidator.validate(spec);
        for (Violation violation : violations) {
            lines.add("update: " + violation);
        }
        if (!lines.isEmpty()) {
            throw new ConfineException(String.join("\n", lines));
        }
    }
}
