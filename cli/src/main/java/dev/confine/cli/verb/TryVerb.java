package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.runtime.config.MappedSpec;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code try}: runs a shell or a command as root of a new user namespace, on a read-only view of the host's own programs. */
public record TryVerb(List<String> words) implements Verb {
    /** An empty directory of the distribution; the JVM's working directory is the distribution's lib. */
    private static final File ROOT = new File("try/rootfs");

    public TryVerb {
        words = List.copyOf(words);
    }

    @Override
    public Exit run(Workplace workplace) {
        Caller caller = workplace.session().caller();
        if (!ROOT.isDirectory()) {
            throw new ConfineException("the distribution is not whole: " + ROOT.getAbsolutePath() + " is missing");
        }
        Spec spec = MappedSpec.over(TrySpec.of(ROOT.getAbsolutePath(), words, caller), MapLayer.best(workplace));
        workplace.session().err(who(spec, caller, workplace.accounts()));
        ContainerId id = ContainerId.parse("try-" + caller.pid());
        CreateRequest request = new CreateRequest(
                id,
                ROOT.getAbsoluteFile().getParent(),
                spec,
                SpecWriter.toJson(spec).getBytes(StandardCharsets.UTF_8),
                null,
                null,
                null,
                0,
                false,
                false,
                false);
        return workplace.lifecycle().run(request, false, false);
    }

    private static String who(Spec spec, Caller caller, Accounts accounts) {
        StringBuilder text = new StringBuilder("inside you are root (uid 0), outside ")
                .append(accounts.name(hostIdOfRoot(spec)))
                .append(" (uid ")
                .append(hostIdOfRoot(spec))
                .append("); who called is ")
                .append(accounts.name(caller.uid()))
                .append('\n');
        for (IdMapping line : spec.linux().uidMappings()) {
            text.append("  uids ").append(range(line.containerID(), line.size()));
            text.append(" inside are ")
                    .append(range(line.hostID(), line.size()))
                    .append(" outside\n");
        }
        return text.toString();
    }

    private static long hostIdOfRoot(Spec spec) {
        for (IdMapping line : spec.linux().uidMappings()) {
            if (line.containerID() == 0) {
                return line.hostID();
            }
        }
        throw new IllegalStateException("a preset maps root");
    }

    private static String range(long first, long size) {
        return size == 1 ? Long.toString(first) : first + " to " + (first + size - 1);
    }
}
