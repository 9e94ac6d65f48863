package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.MountsArguments;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Mount;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.state.ContainerId;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;

/** {@code mounts add}: attaches mounts in a container that lives, those of the file before those of the command line. */
public record MountsAddVerb(MountsArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        Lifecycle lifecycle = workplace.lifecycleOf(id);
        Spec spec = lifecycle.config(id).withMounts(mounts(workplace.session().caller()));
        check(spec);
        lifecycle.addMounts(id, spec);
        return Exit.OK;
    }

    private List<Mount> mounts(Caller caller) {
        List<Mount> mounts = new ArrayList<>();
        if (arguments.file() != null) {
            mounts.addAll(SpecReader.mounts(caller.resolve(arguments.file())));
        }
        for (String words : arguments.words()) {
            mounts.add(MountWord.parse(words, caller));
        }
        if (mounts.isEmpty()) {
            throw new ConfineException("mounts add: nothing to mount: name a FILE, or use --mount");
        }
        return mounts;
    }

    private static void check(Spec spec) {
        List<String> lines = new ArrayList<>();
        List<Violation> violations = SpecValidator.validate(spec);
        for (Violation violation : violations) {
            lines.add("mounts add: " + violation);
        }
        for (Mount mount : spec.mounts()) {
            if (Requests.withoutDots(mount.destination()).equals("/")) {
                lines.add("mounts add: the root of a container that lives cannot be covered: its processes are in it");
            }
        }
        if (!lines.isEmpty()) {
            throw new ConfineException(String.join("\n", lines));
        }
    }
}
