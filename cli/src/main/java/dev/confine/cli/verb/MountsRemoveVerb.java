package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.MountsArguments;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Mount;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.List;

/** {@code mounts remove}: detaches mounts in a container that lives. */
public record MountsRemoveVerb(MountsArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        List<String> destinations = destinations(workplace.session().caller());
        workplace.lifecycleOf(id).removeMounts(id, destinations);
        return Exit.OK;
    }

    private List<String> destinations(Caller caller) {
        List<String> destinations = new ArrayList<>();
        if (arguments.file() != null) {
            for (Mount mount : SpecReader.mounts(caller.resolve(arguments.file()))) {
                destinations.add(absolute(mount.destination()));
            }
        }
        for (String word : arguments.words()) {
            destinations.add(absolute(word));
        }
        if (destinations.isEmpty()) {
            throw new ConfineException("mounts remove: nothing to unmount: name a FILE, or use --destination");
        }
        return destinations;
    }

    private static String absolute(String destination) {
        String path = Requests.withoutDots("/" + destination);
        if (path.equals("/")) {
            throw new ConfineException("mounts remove: the root of a container cannot be unmounted");
        }
        return path;
    }
}
