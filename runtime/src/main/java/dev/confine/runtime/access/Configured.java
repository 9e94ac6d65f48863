package dev.confine.runtime.access;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.Capability;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the process of a configuration will be. */
public final class Configured {
    private Configured() {}

    /**
     * As it is while it looks for its directory and its program, right before execve(2).
     *
     * @param maps of its user namespace, or null where that is the host's
     */
    public static Credentials beforeProgram(Spec spec, @Nullable IdMaps maps) {
        Process process = spec.process();
        long effective = process == null
                ? 0
                : mask(process.capabilities().effective())
                        & mask(process.capabilities().permitted());
        return of(user(process), effective, maps);
    }

    /** As its program is: root has what is bounding, others what is ambient; capabilities(7). */
    public static Credentials inProgram(Spec spec, @Nullable IdMaps maps) {
        Process process = spec.process();
        return of(user(process), process == null ? 0 : effective(process), maps);
    }

    /** What a program of it may ever have. */
    public static long bounding(Spec spec) {
        Process process = spec.process();
        return process == null ? 0 : mask(process.capabilities().bounding());
    }

    /**
     * The maps of the new user namespace, or null where there is none.
     *
     * @throws ConfineException for a user namespace whose maps are not in the configuration
     */
    public static @Nullable IdMaps maps(Spec spec) {
        if (spec.linux().namespace(NamespaceType.USER) == null) {
            return null;
        }
        IdMaps maps = BundleTree.configured(spec.linux());
        if (maps == null) {
            throw new ConfineException(
                    "the configuration has a user namespace without maps (config.json /linux/uidMappings):"
                            + " write them, or ask about a container that runs");
        }
        return maps;
    }

    private static Credentials of(User user, long effective, @Nullable IdMaps maps) {
        return new Impersonation(user.uid(), user.gid(), user.additionalGids(), effective)
                .of(new Credentials(0, 0, List.of(), 0, maps), 0);
    }

    private static User user(@Nullable Process process) {
        return process == null ? User.ROOT : process.userOrRoot();
    }

    private static long effective(Process process) {
        if (process.userOrRoot().uid() != 0) {
            return mask(process.capabilities().ambient());
        }
        long bounding = mask(process.capabilities().bounding());
        return process.noNewPrivileges()
                ? bounding & mask(process.capabilities().permitted())
                : bounding;
    }

    private static long mask(List<String> names) {
        long mask = 0;
        for (String name : names) {
            Capability capability = Capability.named(name);
            mask |= capability == null ? 0 : 1L << capability.number();
        }
        return mask;
    }
}
