package dev.confine.cli.verb;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.args.CreateArguments;
import dev.confine.cli.args.MapArguments;
import dev.confine.runtime.config.ConfigException;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of what the command line says what a backend is asked for: paths absolute, the specification read, the maps laid over it, all checked. */
final class Requests {
    private Requests() {}

    static CreateRequest of(CreateArguments arguments, Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        Caller caller = workplace.session().caller();
        String file = file(arguments.from(), caller);
        byte[] content = SpecReader.content(file);
        MapArguments maps = arguments.from().maps();
        Spec spec = MapLayer.over(SpecReader.parse(file, content), maps, caller);
        check(file, spec, workplace);
        return new CreateRequest(
                id,
                withoutDots(caller.resolve(arguments.from().bundle())),
                spec,
                maps.isEmpty() ? content : SpecWriter.toJson(spec).getBytes(StandardCharsets.UTF_8),
                resolved(arguments.pidFile(), caller),
                resolved(arguments.consoleSocket(), caller),
                resolved(arguments.pidfdSocket(), caller),
                arguments.preserveFds(),
                arguments.idmapRootfs(),
                arguments.noPivot(),
                arguments.noNewKeyring());
    }

    static @Nullable String resolved(@Nullable String path, Caller caller) {
        return path == null ? null : caller.resolve(path);
    }

    private static String file(BundleArguments from, Caller caller) {
        return from.config() == null
                ? withoutDots(caller.resolve(from.bundle()) + "/config.json")
                : caller.resolve(from.config());
    }

    private static void check(String file, Spec spec, Workplace workplace) {
        List<Violation> violations = SpecValidator.validate(spec);
        if (!violations.isEmpty()) {
            throw ConfigException.of(file, violations);
        }
        for (Violation warning : SpecValidator.warnings(spec)) {
            workplace.log().warn(warning.toString());
        }
    }

    /** Without empty and {@code .} components, so that callers find the path they gave; {@code ..} stays, as it may follow a symbolic link. */
    static String withoutDots(String path) {
        StringBuilder clean = new StringBuilder();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String component = path.substring(start, end);
            if (!component.isEmpty() && !component.equals(".")) {
                clean.append('/').append(component);
            }
            start = end + 1;
        }
        return clean.length() == 0 ? "/" : clean.toString();
    }
}
